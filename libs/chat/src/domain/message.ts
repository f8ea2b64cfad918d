import type { Actor, Principal } from '@clawtank/contracts';

/** A chat message as the rules see it. */
export interface Message {
  readonly id: string;
  readonly roomId: string;
  /** Where it was sent. */
  readonly seq: number;
  /** The event that holds its present text: where it was sent, or last edited. */
  readonly textSeq: number;
  readonly author: Actor;
  readonly text: string;
  readonly mentions: readonly Principal[];
  readonly replyTo: string | null;
  readonly deleted: boolean;
}
