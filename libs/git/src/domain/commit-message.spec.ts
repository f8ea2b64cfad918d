import { parseTrailers, subjectOf, trailerValue, withTrailers } from './commit-message.js';

describe('commit messages', () => {
  it.each<[string, string, [string, string][]]>([
    ['none', 'Fix it', []],
    ['a subject is no trailer', 'ClawTank-Task: T-1', []],
    [
      'two',
      'Fix\n\nWhy.\n\nClawTank-Task: T-1\nClawTank-Agent: bot\n',
      [
        ['ClawTank-Task', 'T-1'],
        ['ClawTank-Agent', 'bot'],
      ],
    ],
    ['windows lines', 'Fix\r\n\r\nClawTank-Task: T-1\r\n', [['ClawTank-Task', 'T-1']]],
    ['continued', 'Fix\n\nNote: a\n  b\n', [['Note', 'a b']]],
    ['prose in the last paragraph', 'Fix\n\nClawTank-Task: T-1\nand more prose\n', []],
    ['not in the last paragraph', 'Fix\n\nClawTank-Task: T-1\n\nThe end.\n', []],
  ])('%s', (_name, message, expected) => {
    expect(parseTrailers(message).map(({ key, value }) => [key, value])).toEqual(expected);
  });

  it('reads the last value without regard to case', () => {
    expect(trailerValue(parseTrailers('x\n\nA: 1\na: 2'), 'A')).toBe('2');
  });

  it('takes the first line as subject', () => expect(subjectOf('\n Fix it \n\nbody')).toBe('Fix it'));

  it.each([
    ['adds a paragraph', 'Fix', 'Fix\n\nTask: T-1\n'],
    ['joins the trailers that are there', 'Fix\n\nBy: x', 'Fix\n\nBy: x\nTask: T-1\n'],
    ['replaces a claimed value', 'Fix\n\nbody\n\ntask: T-9\nBy: x', 'Fix\n\nbody\n\nBy: x\nTask: T-1\n'],
  ])('%s', (_name, message, expected) => {
    expect(withTrailers(message, [{ key: 'Task', value: 'T-1' }])).toBe(expected);
  });

  it('lets no line break into a value', () => {
    expect(parseTrailers(withTrailers('x', [{ key: 'A', value: 'a\nB: b' }]))).toEqual([
      { key: 'A', value: 'a B: b' },
    ]);
  });
});
