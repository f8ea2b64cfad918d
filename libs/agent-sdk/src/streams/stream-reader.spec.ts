import type { Frame } from '@clawtank/contracts';
import { ClawTankError } from '../errors.js';
import { MemoryCursorStore } from './cursor-store.js';
import type { Position } from './place.js';
import { StreamReader, type StreamWire } from './stream-reader.js';

interface Event {
  readonly seq: number;
}

const EPOCH = 'e1';
const TOO_OLD = { code: 'CONFLICT', reason: 'stream.resync', message: 'Too old.' } as const;
const HIDDEN = new Set([4, 5]);

/** Numbers `from` to `to` of a log in which 4 and 5 are hidden from the reader. */
function stretch(from: number, to: number, epoch = EPOCH): Frame<Event> {
  const seqs = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  return {
    stream: 's',
    epoch,
    from,
    to,
    events: seqs.filter((seq) => !HIDDEN.has(seq)).map((seq) => ({ seq })),
  };
}

/** A wire whose log ends at `head`; it replays two numbers at a time. */
class LogWire implements StreamWire<Event, string> {
  readonly asked: number[] = [];
  readonly joinedAfter: (Position | undefined)[] = [];
  expired = false;

  constructor(public head: number) {}

  join(after: Position | undefined) {
    this.joinedAfter.push(after);
    return Promise.resolve({ snapshot: `at ${this.head}`, at: { epoch: EPOCH, seq: this.head } });
  }

  replay(after: Position) {
    this.asked.push(after.seq);
    if (this.expired) return Promise.reject(new ClawTankError(TOO_OLD));
    const to = Math.min(this.head, after.seq + 2);
    return Promise.resolve({ frame: stretch(after.seq + 1, to), more: to < this.head });
  }
}

function reading(wire: LogWire, after?: number, store = new MemoryCursorStore()) {
  const position = after === undefined ? undefined : { epoch: EPOCH, seq: after };
  const reader = new StreamReader(wire, () => Promise.reject(new Error('not asked')), {
    key: 's',
    after: position,
    store,
  });
  return { reader, store };
}

/** Everything the reader hands out, as text: `1 2 3`, `resync(gap) at 9`. */
async function read(reader: StreamReader<Event, string>): Promise<string[]> {
  reader.end();
  const told: string[] = [];
  for await (const update of reader.updates()) {
    if (update.kind === 'resync') told.push(`resync(${update.reason}) ${update.snapshot}`);
    else
      told.push(
        `${update.frame.from}-${update.frame.to}: ${update.frame.events.map((e) => e.seq).join(' ')}`,
      );
  }
  return told;
}

describe('StreamReader', () => {
  it.each<[string, number | undefined, Frame<Event>[], string[], number[]]>([
    ['hands out frames that tile', 0, [stretch(1, 2), stretch(3, 3)], ['1-2: 1 2', '3-3: 3'], []],
    ['drops repeats', 0, [stretch(1, 2), stretch(1, 2), stretch(3, 3)], ['1-2: 1 2', '3-3: 3'], []],
    ['cuts what overlaps', 0, [stretch(1, 2), stretch(2, 3)], ['1-2: 1 2', '3-3: 3'], []],
    ['moves over hidden numbers', 3, [stretch(4, 5), stretch(6, 6)], ['4-5: ', '6-6: 6'], []],
    [
      'asks for what is missing',
      0,
      [stretch(1, 1), stretch(8, 8)],
      ['1-1: 1', '2-3: 2 3', '4-5: ', '6-7: 6 7', '8-8: 8'],
      [1, 3, 5],
    ],
    [
      'takes frames that come out of order once',
      0,
      [stretch(3, 3), stretch(1, 1), stretch(2, 2)],
      ['1-2: 1 2', '3-3: 3'],
      [0],
    ],
    [
      'begins where the first frame does',
      undefined,
      [stretch(7, 7), stretch(8, 8)],
      ['7-7: 7', '8-8: 8'],
      [],
    ],
    ['learns its position from an empty frame', undefined, [stretch(7, 6), stretch(8, 8)], ['7-8: 7 8'], [6]],
    ['begins anew on another history', 2, [stretch(1, 4, 'e2'), stretch(9, 9)], ['resync(epoch) at 8'], []],
  ])('%s', async (_, after, frames, told, asked) => {
    const wire = new LogWire(8);
    const { reader } = reading(wire, after);
    for (const frame of frames) reader.push(frame);
    expect(await read(reader)).toEqual(told);
    expect(wire.asked).toEqual(asked);
  });

  it('begins anew when the server says so', async () => {
    const wire = new LogWire(8);
    const { reader, store } = reading(wire, 3);
    reader.resync('future');
    expect(await read(reader)).toEqual(['resync(future) at 8']);
    expect(wire.joinedAfter).toEqual([undefined]);
    expect(await store.load('s')).toEqual({ epoch: EPOCH, seq: 8 });
  });

  it('begins anew when what is missing can not be had', async () => {
    const wire = new LogWire(8);
    wire.expired = true;
    const { reader } = reading(wire, 3);
    reader.push(stretch(8, 8));
    expect(await read(reader)).toEqual(['resync(gap) at 8']);
  });

  it('saves the position after the frame was handled, never before', async () => {
    const { reader, store } = reading(new LogWire(8), 0);
    reader.push(stretch(1, 2));
    reader.push(stretch(3, 3));
    reader.end();
    const saved: (number | undefined)[] = [];
    for await (const _ of reader.updates()) saved.push((await store.load('s'))?.seq);
    expect(saved).toEqual([undefined, 2]);
    expect(await store.load('s')).toEqual({ epoch: EPOCH, seq: 3 });
  });

  it('gives a frame again to the next loop when the first broke off inside it', async () => {
    const { reader } = reading(new LogWire(3), 0);
    reader.push(stretch(1, 2));
    for await (const _ of reader.updates()) break;
    reader.push(stretch(3, 3));
    expect(await read(reader)).toEqual(['1-2: 1 2', '3-3: 3']);
  });

  it('reads to the end of the stream after more came than it could keep', async () => {
    const wire = new LogWire(2_500);
    const { reader } = reading(wire, 0);
    for (let seq = 1; seq <= 2_500; seq++) reader.push(stretch(seq, seq));
    const told = await read(reader);
    expect(told.at(-1)).toBe('2499-2500: 2499 2500');
    expect(told).toHaveLength(2_000 + 250);
  });
});
