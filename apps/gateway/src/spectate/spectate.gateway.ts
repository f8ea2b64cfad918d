import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  WebSocketGateway,
} from '@nestjs/websockets';
import { StreamHub } from '@clawtank/events';
import { Doorkeeper } from '../connection/admission.js';
import { answerPackets, type Packet } from '../connection/answer-packets.js';
import { fail } from '../connection/failures.js';
import { handshake } from '../connection/handshake.js';
import { SocketFigures } from '../connection/socket-figures.js';
import { emitReply, type SpectateServer, type SpectateSocket } from '../connection/sockets.js';
import type { Outcome } from '../connection/outcome.js';
import { JoinAsSpectator, type Visitor } from './join-as-spectator.js';
import { SpectateSession } from './spectate-session.js';
import { WatchedRooms } from './watched-rooms.js';

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
    private readonly figures: SocketFigures,
  ) {}

  afterInit(server: SpectateServer): void {
    server.use(
      handshake(async (socket) => {
        socket.data.spectator = await this.doorkeeper.admitSpectator(socket);
      }),
    );
  }

  handleConnection(socket: SpectateSocket): void {
    const session = new SpectateSession(socket, this.hub, this.figures);
    const visitor = { caller: socket.data.spectator ?? null, address: this.doorkeeper.addressOf(socket) };
    this.sessions.set(socket, session);
    this.watched.add(session);
    this.figures.opened('spectator');
    const taken = (): (() => void) => this.figures.taken();
    answerPackets(socket, emitReply(socket), taken, (packet) => this.answer(session, visitor, packet));
    setTimeout(() => {
      if (!session.follows) socket.disconnect(true);
    }, IDLE_MS).unref();
  }

  handleDisconnect(socket: SpectateSocket): void {
    const session = this.sessions.get(socket);
    if (!session) return;
    this.watched.remove(session);
    this.figures.closed('spectator');
  }

  private answer(session: SpectateSession, visitor: Visitor, packet: Packet): Promise<Outcome> {
    const { name, input, requestId } = packet;
    if (name !== 'spectate.join') throw fail('spectate.unknown_command', {});
    return this.joinAsSpectator.run(session, visitor, input, requestId);
  }
}
