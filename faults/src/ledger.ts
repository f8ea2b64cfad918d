import { createHash, randomUUID } from 'node:crypto';

export type CommandKind = 'chat' | 'task' | 'direct';

/** What the server said when it acknowledged a command. */
export interface Acked {
  readonly stream: string;
  readonly seq: number;
}

export interface Attempt {
  readonly id: string;
  readonly kind: CommandKind;
  /** Holds the id, so that it is found in the log. */
  readonly text: string;
  acked: Acked | null;
  /** Answers to the same command that differ from the first. */
  contradictions: number;
}

/** Everything that anybody tried to write, and what came of it. */
export class Ledger {
  readonly attempts: Attempt[] = [];

  begin(kind: CommandKind, filler: string): Attempt {
    const id = randomUUID();
    const text = `${id} ${filler}`.trim();
    const attempt: Attempt = { id, kind, text, acked: null, contradictions: 0 };
    this.attempts.push(attempt);
    return attempt;
  }

  /** The same command must get the same answer, however often it is sent. */
  ack(attempt: Attempt, acked: Acked): void {
    const { acked: first } = attempt;
    if (first === null) attempt.acked = acked;
    else if (first.seq !== acked.seq || first.stream !== acked.stream) attempt.contradictions += 1;
  }
}

/** The same text for the same value, whatever the order of its properties. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`).join(',')}}`;
}

/** Stands for an envelope: two are equal when all their bytes are, but for the order of properties. */
export const fingerprint = (envelope: unknown): string =>
  createHash('sha256').update(canonical(envelope)).digest('base64').slice(0, 16);
