import { bestPlaced, type Helper } from './best-placed.js';

const helper = (name: string, facts: Partial<Helper> = {}): Helper => ({
  id: name,
  name,
  holdsBranch: false,
  madeOtherSide: false,
  commits: 0,
  busy: false,
  ...facts,
});

describe('who is best placed to settle a conflict', () => {
  it.each<[string, readonly Helper[], readonly string[]]>([
    ['nobody, where nobody is in the room', [], []],
    [
      'whoever holds the branch',
      [helper('ann', { madeOtherSide: true }), helper('bo', { holdsBranch: true })],
      ['bo', 'ann'],
    ],
    [
      'whoever made the other side, before whoever knows the files',
      [helper('ann', { commits: 50 }), helper('bo', { madeOtherSide: true })],
      ['bo', 'ann'],
    ],
    [
      'whoever knows the files best',
      [helper('ann', { commits: 1 }), helper('bo', { commits: 3 })],
      ['bo', 'ann'],
    ],
    [
      'somebody free before somebody busy',
      [helper('ann', { commits: 3, busy: true }), helper('bo')],
      ['bo', 'ann'],
    ],
    [
      'the holder of the branch although busy',
      [helper('ann', { holdsBranch: true, busy: true }), helper('bo', { commits: 2 })],
      ['ann', 'bo'],
    ],
    ['by name where nothing else tells', [helper('bo'), helper('ann')], ['ann', 'bo']],
  ])('%s', (_, helpers, order) => {
    expect(bestPlaced(helpers).map(({ name }) => name)).toEqual(order);
    expect(bestPlaced([...helpers].reverse()).map(({ name }) => name)).toEqual(order);
  });

  it('says why in words', () => {
    const [placed] = bestPlaced([
      helper('ann', { holdsBranch: true, madeOtherSide: true, commits: 1, busy: true }),
    ]);
    expect(placed).toMatchObject({
      score: 54,
      reasons: [
        'holds the branch that no longer merges',
        'made the other side',
        'committed to these files once',
        'has no hand free',
        'is in the room',
      ],
    });
  });
});
