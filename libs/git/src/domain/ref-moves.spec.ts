import { movesBetween } from './ref-moves.js';

describe('what to record of refs', () => {
  it.each([
    ['nothing', [{ ref: 'a', sha: '1' }], [{ ref: 'a', sha: '1' }], []],
    ['a new ref', [], [{ ref: 'a', sha: '1' }], [{ ref: 'a', from: null, to: '1' }]],
    ['a moved one', [{ ref: 'a', sha: '1' }], [{ ref: 'a', sha: '2' }], [{ ref: 'a', from: '1', to: '2' }]],
    ['a deleted one', [{ ref: 'a', sha: '1' }], [], [{ ref: 'a', from: '1', to: null }]],
    [
      'one that came back',
      [{ ref: 'a', sha: null }],
      [{ ref: 'a', sha: '1' }],
      [{ ref: 'a', from: null, to: '1' }],
    ],
    ['one that stays deleted', [{ ref: 'a', sha: null }], [], []],
  ])('%s', (_name, known, tips, expected) => expect(movesBetween(known, tips)).toEqual(expected));
});
