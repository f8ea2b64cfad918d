import type { Attempt } from './ledger.js';
import type { Row } from './log-copy.js';
import type { Audience, Reading } from './reading.js';

/** The event that a command of each kind is. */
const EVENT_OF = { chat: 'chat.message', task: 'task.created', direct: 'chat.direct' } as const;

export type Streams = ReadonlyMap<string, readonly Row[]>;

/** Numbers that are missing in a stream, which must run from 1 without a gap. */
export const gapsIn = (rows: readonly Row[]): number =>
  rows.filter((row, index) => row.seq !== index + 1).length;

/** Acknowledged commands that are not where the server said. */
export function lost(attempts: readonly Attempt[], streams: Streams): Attempt[] {
  return attempts.filter(({ acked, kind, id }) => {
    if (!acked) return false;
    const rows = streams.get(acked.stream) ?? [];
    // The position is that of the command's last event; a command may append several.
    return !rows.some(
      ({ seq, type, text }) => seq <= acked.seq && type === EVENT_OF[kind] && text.includes(id),
    );
  });
}

/** Commands with more than one effect, or with answers that contradict each other. */
export function doubled(attempts: readonly Attempt[], streams: Streams): Attempt[] {
  const effects = new Map<string, number>();
  for (const [stream, rows] of streams) {
    for (const { type, text } of rows) {
      const id = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12} ?/.exec(text)?.[0].trim();
      if (id) count(effects, `${stream} ${type} ${id}`);
    }
  }
  return attempts.filter(({ id, kind, contradictions }) => {
    const most = [...streams.keys()].map((stream) => effects.get(`${stream} ${EVENT_OF[kind]} ${id}`) ?? 0);
    return contradictions > 0 || Math.max(0, ...most) > 1;
  });
}

/** Numbers that a reader was told it had, and whose envelope was missing, other than in the log, or twice there. */
export function silentGaps(
  reading: Reading,
  head: number,
  projections: Readonly<Record<Audience, ReadonlyMap<number, string>>>,
): number {
  const expected = projections[reading.audience];
  let gaps = reading.broken + Math.max(0, head - reading.cursor);
  for (let seq = reading.start + 1; seq <= reading.cursor; seq += 1) {
    if (!reading.wasSkipped(seq) && reading.seen.get(seq) !== expected.get(seq)) gaps += 1;
  }
  return gaps;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
