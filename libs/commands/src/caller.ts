import type { Actor } from '@clawtank/contracts';

/** Who calls, as the transport has authenticated it. */
export interface Caller {
  readonly kind: 'human' | 'agent';
  readonly id: string;
  readonly name: string;
  /** The person behind it: itself, or the owner of the agent. Rooms are entered with this id. */
  readonly userId: string;
  readonly isAdmin: boolean;
  /** The socket it came through, if any; presence belongs to it. */
  readonly sessionId: string | null;
  readonly address: string;
  /** What the person signed in to get this token; agents, and tokens of before it was said, have none. */
  readonly signInId?: string | null;
}

/** The caller as it stands in an event's envelope. */
export const actorOf = (caller: Caller): Actor => ({ kind: caller.kind, id: caller.id, name: caller.name });
