import type { Frame } from '@clawtank/contracts';
import { placeFrame, type Position } from './place.js';

interface Event {
  readonly seq: number;
}

const at = (seq: number, epoch = 'e1'): Position => ({ seq, epoch });
const frame = (from: number, to: number, seqs: readonly number[], epoch = 'e1'): Frame<Event> => ({
  stream: 'room:1',
  epoch,
  from,
  to,
  events: seqs.map((seq) => ({ seq })),
});

describe('placeFrame', () => {
  it.each<[string, Position | undefined, Frame<Event>, object]>([
    [
      'takes what follows on the cursor',
      at(3),
      frame(4, 5, [4, 5]),
      { kind: 'next', frame: frame(4, 5, [4, 5]) },
    ],
    [
      'takes the first frame wherever it stands',
      undefined,
      frame(7, 7, [7]),
      { kind: 'next', frame: frame(7, 7, [7]) },
    ],
    ['takes numbers that are hidden', at(3), frame(4, 6, [6]), { kind: 'next', frame: frame(4, 6, [6]) }],
    [
      'takes a frame of hidden numbers only',
      at(3),
      frame(4, 6, []),
      { kind: 'next', frame: frame(4, 6, []) },
    ],
    ['drops a repeat', at(5), frame(4, 5, [4, 5]), { kind: 'repeat' }],
    ['drops an empty frame that tells what is known', at(5), frame(6, 5, []), { kind: 'repeat' }],
    [
      'cuts off what was handled',
      at(4),
      frame(3, 6, [3, 4, 5, 6]),
      { kind: 'next', frame: frame(5, 6, [5, 6]) },
    ],
    ['sees one missing number', at(3), frame(5, 5, [5]), { kind: 'gap', missingTo: 4 }],
    ['sees many missing numbers', at(0), frame(100, 120, []), { kind: 'gap', missingTo: 99 }],
    ['sees missing numbers behind an empty frame', at(3), frame(9, 8, []), { kind: 'gap', missingTo: 8 }],
    ['sees another history', at(3), frame(4, 4, [4], 'e2'), { kind: 'epoch' }],
    ['sees another history in what looks like a repeat', at(3), frame(1, 1, [1], 'e2'), { kind: 'epoch' }],
  ])('%s', (_, position, given, placement) => {
    expect(placeFrame(position, given)).toEqual(placement);
  });
});
