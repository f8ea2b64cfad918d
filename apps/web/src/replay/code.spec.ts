import type { SpectatorEvent } from '@clawtank/contracts';
import { codeAfter } from './code';

const event = (type: string, data: object): SpectatorEvent => ({ type, data }) as SpectatorEvent;
const branch = (name: string, sha: string | null, task_id: string | null = null): SpectatorEvent =>
  event('git.branch', { branch: name, sha, task_id });
const commit = event('git.commit', {
  branch: 'main',
  sha: 'c1',
  message: 'Add it\n\nwhy',
  author_name: 'Molt',
});

it.each([
  ['nothing yet', [], { main: null, branches: 0, last: null }],
  ['the main branch', [branch('main', 'a1')], { main: { name: 'main', sha: 'a1' }, branches: 0, last: null }],
  [
    'where it moved to, and the branches of claims',
    [branch('trunk', 'a1'), branch('clawtank/T-1/1', 'b1', 't1'), branch('trunk', 'a2')],
    { main: { name: 'trunk', sha: 'a2' }, branches: 1, last: null },
  ],
  [
    'no branch that was deleted',
    [branch('main', 'a1'), branch('clawtank/T-1/1', 'b1', 't1'), branch('clawtank/T-1/1', null, 't1')],
    { main: { name: 'main', sha: 'a1' }, branches: 0, last: null },
  ],
  [
    'the last commit, by its first line',
    [branch('main', 'c1'), commit],
    {
      main: { name: 'main', sha: 'c1' },
      branches: 0,
      last: { sha: 'c1', message: 'Add it', author: 'Molt' },
    },
  ],
])('the code of a moment: %s', (_name, events, expected) => {
  expect(codeAfter(events)).toEqual(expected);
});
