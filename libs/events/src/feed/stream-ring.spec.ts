import { SYSTEM_ACTOR, type StoredEvent } from '../log/stored-event.js';
import { StreamRing } from './stream-ring.js';

const STREAM = 'room:r';
const event = (seq: number, text = 'x'): StoredEvent => ({
  id: `e${String(seq)}`,
  stream: STREAM,
  seq,
  type: 'room.decision',
  at: '2026-01-01T00:00:00.000Z',
  actor: SYSTEM_ACTOR,
  data: { decision_id: 'd', text },
});
const redaction = (seq: number, of: number): StoredEvent => ({
  ...event(seq),
  type: 'redaction',
  data: { stream: STREAM, seq: of },
});
const run = (from: number, to: number, epoch = 'now') => ({
  epoch,
  from,
  to,
  events: Array.from({ length: to - from + 1 }, (_, index) => event(from + index)),
});
const seqsAfter = (ring: StreamRing, cursor: number): number[] | undefined =>
  ring.after(cursor, 100)?.events.map(({ seq }) => seq);
const aRing = (limits: Partial<{ events: number; bytes: number }> = {}) =>
  new StreamRing({ events: 10, bytes: 1_000_000, ...limits });

describe('a ring of recent events', () => {
  it('answers what it covers and nothing else', () => {
    const ring = aRing();
    expect(ring.after(0, 100)).toBeUndefined();
    ring.add(run(4, 6));
    expect(seqsAfter(ring, 2)).toBeUndefined();
    expect(seqsAfter(ring, 3)).toEqual([4, 5, 6]);
    expect(seqsAfter(ring, 6)).toEqual([]);
    expect(seqsAfter(ring, 7)).toBeUndefined();
    expect(ring.after(3, 2)).toMatchObject({ from: 4, to: 5 });
  });

  it('knows an empty stream', () => {
    const ring = aRing();
    ring.add(run(1, 0));
    expect(seqsAfter(ring, 0)).toEqual([]);
  });

  it.each<[string, readonly [number, number][], number, number[] | undefined]>([
    [
      'grows at its end',
      [
        [1, 2],
        [3, 4],
      ],
      0,
      [1, 2, 3, 4],
    ],
    [
      'grows at its end over an overlap',
      [
        [1, 3],
        [2, 5],
      ],
      0,
      [1, 2, 3, 4, 5],
    ],
    [
      'grows at its beginning',
      [
        [5, 6],
        [3, 4],
      ],
      2,
      [3, 4, 5, 6],
    ],
    [
      'grows at both ends',
      [
        [4, 5],
        [2, 7],
      ],
      1,
      [2, 3, 4, 5, 6, 7],
    ],
    [
      'keeps what is newer than a run before a hole',
      [
        [7, 8],
        [1, 2],
      ],
      6,
      [7, 8],
    ],
    [
      'starts again behind a hole',
      [
        [1, 2],
        [7, 8],
      ],
      6,
      [7, 8],
    ],
    [
      'has no hole after it started again',
      [
        [1, 2],
        [7, 8],
      ],
      1,
      undefined,
    ],
    [
      'is not changed by a repeat',
      [
        [1, 5],
        [2, 3],
      ],
      0,
      [1, 2, 3, 4, 5],
    ],
    [
      'drops the oldest beyond its count',
      [
        [1, 8],
        [9, 12],
      ],
      2,
      [3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    ],
  ])('%s', (_name, runs, cursor, expected) => {
    const ring = aRing();
    for (const [from, to] of runs) ring.add(run(from, to));
    expect(seqsAfter(ring, cursor)).toEqual(expected);
  });

  it('drops the oldest beyond its bytes', () => {
    const ring = aRing({ bytes: 3_000 });
    ring.add({ ...run(1, 2), events: [event(1, 'x'.repeat(2_000)), event(2, 'x'.repeat(2_000))] });
    expect(ring.size).toBe(1);
    expect(seqsAfter(ring, 1)).toEqual([2]);
  });

  it('starts again in another epoch, and may be told to', () => {
    const ring = aRing();
    ring.add(run(1, 5));
    ring.add(run(2, 3, 'restored'));
    expect(ring.after(1, 100)).toMatchObject({ epoch: 'restored', to: 3 });
    ring.clear();
    expect(ring.after(1, 100)).toBeUndefined();
  });

  it.each<[string, (ring: StreamRing) => void]>([
    [
      'of an event it has',
      (ring) => [run(1, 5), { ...run(6, 6), events: [redaction(6, 3)] }].forEach((one) => ring.add(one)),
    ],
    [
      'of an event that is read from before it',
      (ring) => [{ ...run(6, 6), events: [redaction(6, 3)] }, run(1, 5)].forEach((one) => ring.add(one)),
    ],
    ['in the same run', (ring) => ring.add({ ...run(1, 6), events: [...run(1, 5).events, redaction(6, 3)] })],
  ])('takes out the text at a redaction %s', (_name, fill) => {
    const ring = aRing();
    fill(ring);
    const events = ring.after(0, 100)?.events;
    expect(events?.[2]).toMatchObject({ id: 'e3', seq: 3, data: { redacted: true } });
    expect(events?.filter(({ data }) => 'redacted' in data)).toHaveLength(1);
  });
});
