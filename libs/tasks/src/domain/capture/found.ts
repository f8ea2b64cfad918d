import type { Priority } from '@clawtank/contracts';
import type { Judgement } from './judgement.js';

/** A task that a message asks for. */
export interface Heard {
  readonly title: string;
  /** The words that it was heard in. */
  readonly source: string;
  readonly handles: readonly string[];
  readonly confidence: number;
  readonly priority: Priority | null;
  readonly followsUp: boolean;
}

/** What a clause was taken for, with where it stood. */
export interface Found extends Judgement {
  readonly source: string;
  readonly handles: readonly string[];
  readonly followsUp: boolean;
  readonly item: boolean;
  /** Said beside what came before, not about it. */
  readonly beside: boolean;
  readonly priority: Priority | null;
}

/** What was said so far, that a later word may point at. */
export interface Memory {
  topic: string;
  fromContext: boolean;
  context: string;
  found: Found[];
  /** Somebody was asked to see to what was said, though nothing was heard in it. */
  pointed?: readonly string[];
}

/** The sentence that a clause stands in. */
export interface Frame {
  readonly sentence: string;
  readonly asked: readonly string[];
  readonly question: boolean;
  readonly doubtful: boolean;
  readonly inItem: boolean;
  readonly beside: boolean;
}
