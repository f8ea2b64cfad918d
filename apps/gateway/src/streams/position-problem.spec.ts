import { positionProblem } from './position-problem.js';

describe('positionProblem', () => {
  const at = { cursor: 7, epoch: 'now' };
  it.each([
    ['nothing said', {}, null],
    ['the beginning', { after: 0, epoch: 'now' }, null],
    ['the head', { after: 7, epoch: 'now' }, null],
    ['no epoch', { after: 3 }, null],
    ['a number that was never reached', { after: 8, epoch: 'now' }, 'future'],
    ['a restored backup', { after: 3, epoch: 'before' }, 'epoch'],
    ['a restored backup, also beyond its head', { after: 9, epoch: 'before' }, 'epoch'],
  ])('%s', (_name, wanted, expected) => {
    expect(positionProblem(at, wanted)).toBe(expected);
  });
});
