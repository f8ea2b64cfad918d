import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  WebSocketGateway,
} from '@nestjs/websockets';
import { LIMITS, type Ready, userStream } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { StreamHub } from '@clawtank/events';
import { SERVER_VERSION } from '@clawtank/http';
import { type Admission, Doorkeeper } from '../connection/admission.js';
import { answerPackets } from '../connection/answer-packets.js';
import { handshake } from '../connection/handshake.js';
import { Lanes } from '../connection/lanes.js';
import { MemberSession } from '../connection/member-session.js';
import { OpenSockets } from '../connection/open-sockets.js';
import { SocketFigures } from '../connection/socket-figures.js';
import { emitReply, type MemberServer, type MemberSocket } from '../connection/sockets.js';
import { MemberDoor } from './member-door.js';

/** Namespace `/`: members, people and agents alike. */
@WebSocketGateway({ path: '/socket.io' })
export class MemberGateway
  implements OnGatewayInit<MemberServer>, OnGatewayConnection<MemberSocket>, OnGatewayDisconnect<MemberSocket>
{
  private readonly sessions = new WeakMap<MemberSocket, MemberSession>();

  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly door: MemberDoor,
    private readonly hub: StreamHub,
    private readonly open: OpenSockets,
    private readonly figures: SocketFigures,
  ) {}

  afterInit(server: MemberServer): void {
    server.use(
      handshake(async (socket) => {
        socket.data.admission = await this.doorkeeper.admit(socket);
      }),
    );
  }

  handleConnection(socket: MemberSocket): void {
    const { admission } = socket.data;
    if (!admission) return void socket.disconnect(true);
    const session = new MemberSession(socket, this.hub, this.figures, admission);
    const lanes = new Lanes();
    this.sessions.set(socket, session);
    this.open.add(session);
    this.figures.opened(admission.caller.kind);
    const taken = (): (() => void) => this.figures.taken();
    answerPackets(socket, emitReply(socket), taken, (packet) => this.door.run(session, lanes, packet));
    socket.emit('ready', readyFor(admission));
    void session.follow(userStream(admission.caller.id), { cursor: admission.own.seq });
  }

  handleDisconnect(socket: MemberSocket): void {
    const session = this.sessions.get(socket);
    if (!session) return;
    this.open.remove(session);
    this.figures.closed(session.caller.kind);
  }
}

const readyFor = ({ caller, own, heartbeatMs }: Admission): Ready => ({
  session_id: caller.sessionId ?? '',
  identity: { kind: caller.kind, id: caller.id, name: caller.name, owner_id: ownerOf(caller) },
  server_version: SERVER_VERSION,
  limits: LIMITS,
  heartbeat_interval_ms: heartbeatMs,
  stream: own,
});

const ownerOf = (caller: Caller): string | null => (caller.kind === 'agent' ? caller.userId : null);
