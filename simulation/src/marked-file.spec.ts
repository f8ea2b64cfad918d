import { blankFile, marksIn, withMark } from './marked-file.js';

const blank = blankFile();

it.each([
  ['not there', blank, 0],
  ['there', withMark(blank, 2, 'r1-4'), 1],
  ['written twice', withMark(withMark(blank, 2, 'r1-4'), 2, 'r1-4'), 1],
  ['revised', withMark(withMark(blank, 2, 'r1-4'), 2, 'r1-4', 1), 1],
  ['beside another', withMark(withMark(blank, 2, 'r1-4'), 2, 'r1-40'), 1],
  ['only another whose name begins alike', withMark(blank, 2, 'r1-40'), 0],
  ['there twice', `${withMark(blank, 2, 'r1-4')}${withMark(blank, 3, 'r1-4')}`, 2],
])('counts a mark that is %s', (_case, text, count) => {
  expect(marksIn(text, 'r1-4')).toBe(count);
});

it('puts marks of one section at one place, so that two of them conflict', () => {
  const lines = (text: string): number => text.split('\n').findIndex((line) => line.startsWith('* '));
  expect(lines(withMark(blank, 3, 'r1-1'))).toBe(lines(withMark(blank, 3, 'r1-2')));
  expect(lines(withMark(blank, 3, 'r1-1'))).not.toBe(lines(withMark(blank, 4, 'r1-1')));
});

it('leaves what is there as it is', () => {
  const before = withMark(blank, 0, 'r1-9');
  expect(withMark(before, 0, 'r1-9')).toBe(before);
});
