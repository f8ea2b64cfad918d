import { busyTimes, conflictFigures, covered, livesIn, type Logged, xpIn } from './log-figures.js';

const at = (second: number): string => new Date(second * 1_000).toISOString();
const event = (seq: number, type: string, data: object): Logged => ({ seq, type, at: at(seq), data });
const created = (seq: number, task_id: string): Logged =>
  event(seq, 'task.created', { task_id, title: task_id });
const update = (seq: number, task_id: string, change: string, status: string, who: string | null): Logged =>
  event(seq, 'task.update', { task_id, change, status, assignee: who === null ? null : { id: who } });
const pull = (seq: number, task_id: string, action: string, branch: string): Logged =>
  event(seq, 'git.pull_request', { task_id, action, branch });
const conflict = (seq: number, id: string, state: string, branches: string[], files = ['a']): Logged =>
  event(seq, 'git.conflict', { conflict_id: id, state, branches, files });

describe('the life of a task', () => {
  it('counts claims, expiries, merges and completions', () => {
    const lives = livesIn([
      created(1, 't'),
      update(4, 't', 'claimed', 'claimed', 'x'),
      update(5, 't', 'expired', 'open', null),
      update(6, 't', 'claimed', 'claimed', 'y'),
      pull(7, 't', 'merged', 'b'),
      update(8, 't', 'completed', 'complete', 'y'),
    ]);
    expect(lives.get('t')).toMatchObject({
      createdAt: 1_000,
      claimedAt: 4_000,
      claims: 2,
      expiries: 1,
      merges: 1,
      completions: 1,
      by: 'y',
    });
  });

  it('sees a task that is done twice', () => {
    const done = (seq: number): Logged => update(seq, 't', 'completed', 'complete', 'x');
    expect(livesIn([created(1, 't'), done(2), done(3)]).get('t')?.completions).toBe(2);
  });
});

describe('busy time', () => {
  it.each([
    [
      'apart',
      [
        [1, 2],
        [4, 6],
      ],
      3,
    ],
    [
      'overlapping',
      [
        [1, 4],
        [2, 6],
      ],
      5,
    ],
    [
      'one within the other',
      [
        [1, 9],
        [2, 3],
      ],
      8,
    ],
    [
      'outside',
      [
        [-5, 0],
        [20, 30],
      ],
      0,
    ],
    [
      'cut at both ends',
      [
        [-5, 2],
        [9, 30],
      ],
      3,
    ],
  ] as const)('of spans %s', (_case, spans, expected) => {
    expect(covered(spans, 0, 10)).toBe(expected);
  });

  it('ends with the hand-in, begins again when work is sent back', () => {
    const busy = busyTimes(
      [
        update(1, 't', 'claimed', 'claimed', 'x'),
        update(2, 't', 'started', 'in_progress', 'x'),
        update(5, 't', 'submitted', 'review', 'x'),
        update(7, 't', 'changes_requested', 'in_progress', 'x'),
      ],
      0,
      10_000,
    );
    expect(busy.get('x')).toBe(7_000);
  });
});

describe('conflicts', () => {
  const figures = (...events: Logged[]) => conflictFigures(events, 'main');
  const opened = (seq: number, branch: string): Logged => pull(seq, 't', 'opened', branch);

  it('are in time when predicted before the later pull request', () => {
    const told = figures(
      opened(1, 'a'),
      conflict(2, 'c', 'predicted', ['a', 'b']),
      opened(3, 'b'),
      conflict(4, 'c', 'detected', ['b', 'main']),
    );
    expect(told).toEqual({ byGit: 1, predicted: 1, inTime: 1, late: [] });
  });

  it.each([
    ['never predicted', [opened(1, 'b'), conflict(4, 'c', 'detected', ['b', 'main'])]],
    [
      'predicted after both pull requests',
      [
        opened(1, 'a'),
        opened(2, 'b'),
        conflict(3, 'c', 'predicted', ['a', 'b']),
        conflict(4, 'c', 'detected', ['b', 'main']),
      ],
    ],
    [
      'predicted in another file',
      [
        conflict(1, 'd', 'predicted', ['a', 'b'], ['z']),
        opened(2, 'b'),
        conflict(4, 'c', 'detected', ['b', 'main']),
      ],
    ],
    [
      'predicted for another branch',
      [
        conflict(1, 'd', 'predicted', ['a', 'x']),
        opened(2, 'b'),
        conflict(4, 'c', 'detected', ['b', 'main']),
      ],
    ],
    [
      'predicted with the default branch after the pull request',
      [
        opened(1, 'b'),
        conflict(2, 'c', 'predicted', ['b', 'main']),
        conflict(3, 'c', 'detected', ['b', 'main']),
      ],
    ],
  ])('are late when %s', (_case, events) => {
    expect(figures(...events)).toMatchObject({ byGit: 1, inTime: 0, late: ['b × main: a'] });
  });

  it('count once, however often they are told', () => {
    const again = [5, 6].map((seq) => conflict(seq, 'c', 'detected', ['b', 'main']));
    expect(figures(conflict(1, 'c', 'predicted', ['b', 'main']), opened(2, 'b'), ...again).byGit).toBe(1);
  });
});

it('adds XP up by subject', () => {
  const xp = (seq: number, id: string, amount: number): Logged =>
    event(seq, 'reputation.xp', { subject: { id }, amount });
  expect([...xpIn([xp(1, 'x', 5), xp(2, 'y', 3), xp(3, 'x', -2)])]).toEqual([
    ['x', 3],
    ['y', 3],
  ]);
});
