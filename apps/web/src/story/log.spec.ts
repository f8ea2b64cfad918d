import { append, emptyLog, LOG_CAP, prepend, told } from './log';
import { aLog, anEvent, MIRA, statusEvent, PINCER } from './testing';

const event = (seq: number) => statusEvent(seq, 0, PINCER, 'thinking');
const frame = (from: number, to: number, ...seqs: number[]) => ({ from, to, events: seqs.map(event) });
const seqs = (log: { readonly events: readonly { readonly seq: number }[] }) =>
  log.events.map(({ seq }) => seq);

it('grows by frames, whose hidden numbers count as heard', () => {
  const log = append(append(emptyLog(5), frame(6, 9, 7)), frame(10, 12, 12));
  expect([log.from, log.to, seqs(log)]).toEqual([6, 12, [7, 12]]);
});

it('takes from an overlapping frame only what is new, and drops a repeat', () => {
  const log = append(emptyLog(5), frame(6, 9, 7));
  expect(seqs(append(log, frame(7, 11, 7, 10)))).toEqual([7, 10]);
  expect(append(log, frame(6, 9, 7))).toBe(log);
});

it('begins anew beyond a hole, so that nothing is drawn across it', () => {
  const log = append(append(emptyLog(5), frame(6, 9, 7)), frame(20, 21, 21));
  expect([log.from, seqs(log)]).toEqual([20, [21]]);
});

it('takes an earlier stretch in front, and only one that reaches it', () => {
  const log = append(emptyLog(5), frame(6, 9, 7));
  expect([prepend(log, frame(1, 5, 2)).from, seqs(prepend(log, frame(1, 5, 2)))]).toEqual([1, [2, 7]]);
  expect(prepend(log, frame(1, 3, 2))).toBe(log);
  expect(prepend(log, frame(6, 9, 7))).toBe(log);
});

it('forgets the oldest beyond its cap and says so', () => {
  const many = Array.from({ length: LOG_CAP + 10 }, (_, index) => index + 1);
  const log = append(emptyLog(0), { from: 1, to: many.length, events: many.map(event) });
  expect([log.events.length, log.from]).toEqual([LOG_CAP, 11]);
});

it('does not tell what was redacted, before or since', () => {
  const secret = anEvent(1, 0, 'room.decision', MIRA, { decision_id: 'd', text: 'secret' });
  const gone = {
    ...anEvent(2, 0, 'room.decision', MIRA, { decision_id: 'd', text: '' }),
    data: { redacted: true as const },
  };
  const redaction = anEvent(3, 1, 'redaction', MIRA, { stream: 'room:room-1', seq: 1 });
  expect(seqs({ events: told(aLog([secret, gone])) })).toEqual([1]);
  expect(seqs({ events: told(aLog([secret, gone, redaction])) })).toEqual([3]);
});
