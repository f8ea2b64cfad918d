import type { COMMAND_ACKS, CommandName, WireError } from '@clawtank/contracts';

/** The `type` of each ack of a socket-only command. */
export const SOCKET_ACKS = {
  'room.join': 'room.joined',
  'room.context': 'room.context',
  'stream.resume': 'stream.resumed',
  'events.replay': 'events.replayed',
  'auth.renew': 'auth.renewed',
  'spectate.join': 'spectate.joined',
} as const;

export type AckType = (typeof COMMAND_ACKS)[CommandName] | (typeof SOCKET_ACKS)[keyof typeof SOCKET_ACKS];

export type Reply =
  | { readonly ok: true; readonly type: AckType; readonly data: object }
  | { readonly ok: false; readonly error: WireError };

/** What a command on a socket comes to. */
export interface Outcome {
  readonly reply: Reply;
  /** Done once the reply is on its way: a stream's frames never come before the snapshot they follow. */
  readonly afterwards?: () => Promise<void>;
}

/** Replies of commands sent without an ack callback, each as an event of its type. */
export type ReplyEvents = { [T in AckType]: (data: object) => void };
