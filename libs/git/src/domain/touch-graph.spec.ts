import { type FileTouch, mayConflict, TouchGraph, type TouchedCommit } from './touch-graph.js';

const touch = (text: string): FileTouch => {
  const kinds = { '+': 'added', '-': 'deleted', '~': 'changed' } as const;
  return { kind: kinds[text[0] as '+' | '-' | '~'], path: text.slice(1) };
};
const commit = (sha: string, parents: string, ...changes: string[]): TouchedCommit => ({
  sha,
  parents: parents === '' ? [] : parents.split(' '),
  changes: changes.map(touch),
});

describe('whether two branches may conflict', () => {
  const both = (left: readonly string[], right: readonly string[]): boolean => {
    const graph = new TouchGraph([commit('l', 'base', ...left), commit('r', 'base', ...right)]);
    const [one, other] = [graph.since('l', 'r'), graph.since('r', 'l')];
    expect(mayConflict(one, other)).toBe(mayConflict(other, one));
    return mayConflict(one, other);
  };

  it.each<[string, readonly string[], readonly string[], boolean]>([
    ['different files', ['~a'], ['~b'], false],
    ['one file', ['~a', '~c'], ['~b', '~c'], true],
    ['one folder', ['~d/a'], ['+d/b'], false],
    ['a file that is the other’s folder', ['+d'], ['+d/b'], true],
    ['a folder deep below a file', ['~x/y/z/a'], ['+x/y'], true],
    ['a file that begins like a folder', ['~src-a/x'], ['~src'], false],
    ['a possible rename beside a new file', ['-d/a', '+e/a'], ['+d/b'], true],
    ['a possible rename beside a change', ['-d/a', '+e/a'], ['~d/b'], false],
    ['a deletion beside a new file', ['-d/a'], ['+d/b'], false],
    ['nothing on one side', [], ['~a'], false],
  ])('%s', (_, left, right, may) => {
    expect(both(left, right)).toBe(may);
  });
});

describe('what one side has done', () => {
  const graph = new TouchGraph([
    commit('m1', 'base', '~main'),
    commit('old', 'base', '~old'),
    commit('new', 'm1', '~new'),
    commit('upon', 'new', '~upon'),
    commit('joined', 'old m1', '~main', '~old'),
  ]);
  const since = (head: string, other: string) => [...graph.since(head, other).paths].sort();

  it.each([
    ['since the two went apart', 'new', 'old', ['main', 'new']],
    ['against the main it came from', 'new', 'm1', ['new']],
    ['upon another branch', 'upon', 'new', ['upon']],
    ['nothing, where the other is ahead', 'new', 'upon', []],
    ['with what a merge took over', 'joined', 'new', ['main', 'old']],
    ['nothing, against itself', 'new', 'new', []],
    ['everything, where the other is what all have in common', 'upon', 'base', ['main', 'new', 'upon']],
  ])('%s', (_, head, other, paths) => {
    expect(since(head, other)).toEqual(paths);
  });

  it('counts commits', () => {
    expect(graph.since('upon', 'old').commits).toBe(3);
  });
});
