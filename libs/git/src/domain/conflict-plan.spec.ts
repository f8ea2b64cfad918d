import { type ConflictStep, type OpenConflict, type PairFinding, planConflicts } from './conflict-plan.js';

const finding = (
  left: string,
  right: string,
  files: string[] = [],
  blocksPullRequest = false,
): PairFinding => ({
  left,
  right,
  files,
  blocksPullRequest,
});
const conflict = (
  left: string,
  right: string,
  files: string[],
  state: OpenConflict['state'] = 'predicted',
): OpenConflict => ({
  id: `${left}-${right}`,
  left,
  right,
  state,
  wasDetected: state === 'detected',
  files,
  taskIds: [],
  resolutionTaskId: null,
});
const told = (step: ConflictStep): string =>
  step.kind === 'resolve'
    ? `resolve ${step.conflict.id} ${step.how}`
    : `${step.kind} ${step.kind === 'change' ? `${step.conflict.id} to ` : ''}${step.finding.left}-${step.finding.right} ${step.state} ${step.finding.files.join(',')}`;

describe('what findings mean for the open conflicts', () => {
  it.each<[string, OpenConflict[], PairFinding[], string[], string[]]>([
    ['nothing wrong', [], [finding('a', 'main')], ['a'], []],
    ['two branches would conflict', [], [finding('a', 'b', ['f'])], ['a', 'b'], ['open a-b predicted f']],
    [
      'a branch without pull request conflicts with main',
      [],
      [finding('a', 'main', ['f'])],
      ['a'],
      ['open a-main predicted f'],
    ],
    [
      'a pull request conflicts with main',
      [],
      [finding('a', 'main', ['f'], true)],
      ['a'],
      ['open a-main detected f'],
    ],
    [
      'a pull request was opened on a predicted conflict',
      [conflict('a', 'main', ['f'])],
      [finding('a', 'main', ['f'], true)],
      ['a'],
      ['change a-main to a-main detected f'],
    ],
    [
      'its pull request was closed',
      [conflict('a', 'main', ['f'], 'detected')],
      [finding('a', 'main', ['f'])],
      ['a'],
      ['change a-main to a-main predicted f'],
    ],
    ['nothing new', [conflict('a', 'b', ['f'])], [finding('a', 'b', ['f'])], ['a', 'b'], []],
    [
      'other files',
      [conflict('a', 'b', ['f'])],
      [finding('a', 'b', ['f', 'g'])],
      ['a', 'b'],
      ['change a-b to a-b predicted f,g'],
    ],
    [
      'it merges now',
      [conflict('a', 'b', ['f'])],
      [finding('a', 'b')],
      ['a', 'b'],
      ['resolve a-b merges_now'],
    ],
    ['what was not looked at stays', [conflict('a', 'b', ['f'])], [finding('a', 'main')], ['a', 'b'], []],
    ['a branch was given up', [conflict('a', 'b', ['f'])], [], ['a'], ['resolve a-b branch_gone']],
    [
      'b was merged and a now conflicts with main',
      [conflict('a', 'b', ['f'])],
      [finding('a', 'main', ['f'], true)],
      ['a'],
      ['change a-b to a-main detected f'],
    ],
    [
      'b was merged and a does not conflict with main',
      [conflict('a', 'b', ['f'])],
      [finding('a', 'main')],
      ['a'],
      ['resolve a-b branch_gone'],
    ],
    [
      'b was merged, a has a conflict with main already',
      [conflict('a', 'b', ['f']), conflict('a', 'main', ['g'])],
      [finding('a', 'main', ['f', 'g'])],
      ['a'],
      ['change a-main to a-main predicted f,g', 'resolve a-b branch_gone'],
    ],
    [
      'one orphan has one heir',
      [conflict('a', 'x', ['f']), conflict('b', 'x', ['g'])],
      [finding('a', 'main', ['f']), finding('b', 'main', ['g'])],
      ['a', 'b'],
      ['change a-x to a-main predicted f', 'change b-x to b-main predicted g'],
    ],
  ])('%s', (_name, open, findings, live, expected) => {
    expect(planConflicts({ open, findings, defaultRef: 'main', live: new Set(live) }).map(told)).toEqual(
      expected,
    );
  });
});
