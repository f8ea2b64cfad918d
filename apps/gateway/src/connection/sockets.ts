import type { ServerToClientEvents, SpectateServerToClientEvents, WireError } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import type { DefaultEventsMap, Namespace, Server, Socket } from 'socket.io';
import type { AckType, Reply, ReplyEvents } from './outcome.js';
import type { Admission } from './admission.js';

/** What handshakes leave for the connection. */
export interface SocketData {
  admission?: Admission;
  /** Who a spectator said it is; null for anybody. */
  spectator?: Caller | null;
}

type Incoming = DefaultEventsMap;
type MemberOutgoing = ServerToClientEvents & ReplyEvents;
type SpectateOutgoing = SpectateServerToClientEvents & ReplyEvents & { error: (error: WireError) => void };

// What comes in is typed by the contract for clients and trusted by nobody here, hence the open map.
export type MemberServer = Server<Incoming, MemberOutgoing, DefaultEventsMap, SocketData>;
export type MemberSocket = Socket<Incoming, MemberOutgoing, DefaultEventsMap, SocketData>;
export type SpectateServer = Namespace<Incoming, SpectateOutgoing, DefaultEventsMap, SocketData>;
export type SpectateSocket = Socket<Incoming, SpectateOutgoing, DefaultEventsMap, SocketData>;

interface Replies {
  emit(type: AckType, data: object): unknown;
  emit(type: 'error', error: WireError): unknown;
}

/** Sends a reply as an event of its type, for clients that gave no ack. */
export const emitReply =
  (socket: Replies) =>
  (reply: Reply): void => {
    if (reply.ok) socket.emit(reply.type, reply.data);
    else socket.emit('error', reply.error);
  };
