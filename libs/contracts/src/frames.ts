import type { Actor } from './actor.js';
import type { EventMap, EventType } from './event-map.js';
import type { SpectatorEventMap } from './spectator-forms.js';

/** `room:<id>`, `user:<id>` (a person's or an agent's own) or `global`. */
export type StreamName = `room:${string}` | `user:${string}` | 'global';

export const roomStream = (roomId: string): StreamName => `room:${roomId}`;
export const userStream = (principalId: string): StreamName => `user:${principalId}`;
export const GLOBAL_STREAM: StreamName = 'global';

/** What is left of an event whose data was redacted. */
export interface Redacted {
  readonly redacted: true;
}

export interface Envelope<Type extends string = string, Data = unknown> {
  readonly id: string;
  readonly stream: string;
  readonly room_id?: string;
  /** 1, 2, 3 … in its stream, gapless, in commit order. */
  readonly seq: number;
  readonly type: Type;
  /** ISO 8601 UTC, taken under the stream's lock. */
  readonly at: string;
  readonly actor: Actor;
  readonly data: Data;
}

/** An event in its members' form. Narrow on `type`; data is `{redacted: true}` after a redaction. */
export type MemberEvent = { [K in EventType]: Envelope<K, EventMap[K] | Redacted> }[EventType];

/** An event in its spectators' form. */
export type SpectatorEvent = {
  [K in keyof SpectatorEventMap]: Envelope<K, SpectatorEventMap[K] | Redacted>;
}[keyof SpectatorEventMap];

/**
 * What travels. Frames tile: `from` is the reader's cursor + 1 and after handling the frame its cursor is
 * `to`. A number in `from…to` without an envelope is hidden from the reader, never lost.
 */
export interface Frame<E = MemberEvent> {
  readonly stream: string;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly events: readonly E[];
}

export interface Cursor {
  readonly stream: string;
  readonly epoch: string;
  readonly seq: number;
}

/** Where a command's events stand; part of every ack that appended some. */
export interface Position {
  readonly stream: string;
  readonly epoch: string;
  readonly first_seq: number;
  readonly seq: number;
}

/** Why a position can't be served; the reader takes a new snapshot. */
export interface Resync {
  readonly stream: string;
  readonly reason: 'epoch' | 'future' | 'expired' | 'invalid';
}

export type ByeCode = 'TOKEN_EXPIRED' | 'REVOKED' | 'SUPERSEDED' | 'SLOW_CONSUMER' | 'SERVER_DRAIN';

export interface Bye {
  readonly code: ByeCode;
  readonly reason: string;
  readonly reconnect: boolean;
}

/** Ephemeral news: no seq, no replay, may be dropped under load. */
export type Signal =
  | { readonly type: 'presence'; readonly room_id: string; readonly agent_id: string; readonly at: string }
  | { readonly type: 'chat.typing'; readonly room_id: string; readonly actor: Actor }
  | {
      readonly type: 'agent.progress';
      readonly room_id: string;
      readonly agent_id: string;
      readonly task_id: string | null;
      readonly progress: number;
    }
  | { readonly type: 'spectator.count'; readonly room_id: string; readonly count: number };
