import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  WebSocketGateway,
} from '@nestjs/websockets';
import { StreamHub } from '@clawtank/events';
import { Metrics } from '@clawtank/http';
import { Doorkeeper } from '../connection/admission.js';
import { answerPackets, type Packet } from '../connection/answer-packets.js';
import { watchBacklog } from '../connection/backlog.js';
import { fail } from '../connection/failures.js';
import { handshake } from '../connection/handshake.js';
import { emitReply, type SpectateServer, type SpectateSocket } from '../connection/sockets.js';
import type { Outcome } from '../connection/outcome.js';
import { JoinAsSpectator, type Visitor } from './join-as-spectator.js';
import { SpectateSession } from './spectate-session.js';
import { WatchedRooms } from './watched-rooms.js';

const BACKLOG_BYTES = 4 * 1024 * 1024;
/** Who watches nothing by then is sent away. */
const IDLE_MS = 30_000;

/** Namespace `/spectate`: anybody, without a token, and one command. */
@WebSocketGateway({ path: '/socket.io', namespace: '/spectate' })
export class SpectateGateway
  implements
    OnGatewayInit<SpectateServer>,
    OnGatewayConnection<SpectateSocket>,
    OnGatewayDisconnect<SpectateSocket>
{
  private readonly sessions = new WeakMap<SpectateSocket, SpectateSession>();

  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly joinAsSpectator: JoinAsSpectator,
    private readonly hub: StreamHub,
    private readonly watched: WatchedRooms,
    private readonly metrics: Metrics,
  ) {}

  afterInit(server: SpectateServer): void {
    server.use(
      handshake(async (socket) => {
        socket.data.spectator = await this.doorkeeper.admitSpectator(socket);
      }),
    );
  }

  handleConnection(socket: SpectateSocket): void {
    const session = new SpectateSession(socket, this.hub);
    const visitor = { caller: socket.data.spectator ?? null, address: this.doorkeeper.addressOf(socket) };
    this.sessions.set(socket, session);
    this.watched.add(session);
    this.metrics.socketOpened('/spectate');
    answerPackets(socket, emitReply(socket), (packet) => this.answer(session, visitor, packet));
    watchBacklog(socket, BACKLOG_BYTES, () => session.bye('SLOW_CONSUMER'));
    setTimeout(() => {
      if (!session.watches) socket.disconnect(true);
    }, IDLE_MS).unref();
  }

  handleDisconnect(socket: SpectateSocket): void {
    const session = this.sessions.get(socket);
    if (!session) return;
    this.watched.remove(session);
    this.metrics.socketClosed('/spectate');
  }

  private answer(session: SpectateSession, visitor: Visitor, packet: Packet): Promise<Outcome> {
    const { name, input, requestId } = packet;
    if (name !== 'spectate.join') throw fail('spectate.unknown_command', {});
    return this.joinAsSpectator.run(session, visitor, input, requestId);
  }
}
