import type { CommandInputOf, CommandName, CommandReplyOf, Identity } from './commands.js';
import type { WireError } from './errors.js';
import type { Bye, Cursor, Frame, MemberEvent, Position, Resync, Signal, SpectatorEvent } from './frames.js';
import type { SpectatorSnapshot } from './spectator-forms.js';
import type { RoomContext } from './context-views.js';
import type { RoomSnapshot } from './views.js';
import type { LIMITS } from './limits.js';

/** Where the command's events stand is told beside `data`'s own fields. */
export type Ack<Data = unknown> =
  | { readonly ok: true; readonly type: string; readonly data: Data & Partial<Position> }
  | { readonly ok: false; readonly error: WireError };

export interface Ready {
  readonly session_id: string;
  readonly identity: Identity;
  readonly server_version: string;
  readonly limits: typeof LIMITS;
  readonly heartbeat_interval_ms: number;
  /** Where one's own stream stood: its first frame follows on this. Older servers say nothing. */
  readonly stream?: Cursor;
}

export interface ReplayDone {
  readonly stream: string;
  readonly cursor: number;
}

export interface ServerToClientEvents {
  ready: (ready: Ready) => void;
  events: (frame: Frame<MemberEvent>) => void;
  signals: (signals: readonly Signal[]) => void;
  resync: (resync: Resync) => void;
  'replay.done': (done: ReplayDone) => void;
  bye: (bye: Bye) => void;
  error: (error: WireError) => void;
}

/** What only a socket has beside the commands: what changes this connection, and the reads that agents need on it. */
export interface SocketCommandMap {
  'room.join': {
    input: { room_id: string; after?: number; epoch?: string; intents?: string[] };
    reply: RoomSnapshot;
  };
  'room.context': { input: { room_id: string; budget?: number; after?: number }; reply: RoomContext };
  'stream.resume': {
    input: { stream: string; after: number; epoch: string };
    reply: { stream: string; after: number };
  };
  'events.replay': {
    input: { stream: string; after: number; limit?: number; epoch?: string };
    reply: { frame: Frame<MemberEvent>; more: boolean };
  };
  'auth.renew': { input: { token: string }; reply: { expires_at: string } };
}

type AckCallback<Data> = (ack: Ack<Data>) => void;

export type ClientToServerEvents = {
  [N in CommandName]: (input: CommandInputOf<N>, ack?: AckCallback<CommandReplyOf<N>>) => void;
} & {
  [N in keyof SocketCommandMap]: (
    input: SocketCommandMap[N]['input'],
    ack?: AckCallback<SocketCommandMap[N]['reply']>,
  ) => void;
};

export interface SpectateServerToClientEvents {
  events: (frame: Frame<SpectatorEvent>) => void;
  signals: (signals: readonly Signal[]) => void;
  resync: (resync: Resync) => void;
  bye: (bye: Bye) => void;
  'replay.done': (done: ReplayDone) => void;
}

export interface SpectateClientToServerEvents {
  'spectate.join': (
    input: { room: string; after?: number; epoch?: string },
    ack?: AckCallback<SpectatorSnapshot>,
  ) => void;
}
