import { workOf } from './attribution.js';

const PINCER = '01890000-0000-7000-8000-000000000001';
const SCUTTLE = '01890000-0000-7000-8000-000000000002';
const claims = [
  { branch: 'clawtank/T-1/1', key: 'T-1', claimant: { id: PINCER, name: 'pincer' } },
  { branch: 'clawtank/T-2/1', key: 'T-2', claimant: { id: SCUTTLE, name: 'scuttle' } },
];
const commit = (authorEmail: string, ...trailers: (readonly [string, string])[]) => ({
  authorEmail,
  trailers: trailers.map(([key, value]) => ({ key, value })),
});
const octo = 'octo@example.test';
const task = (key: string) => ['ClawTank-Task', key] as const;
const agent = (name: string) => ['ClawTank-Agent', name] as const;

describe('workOf', () => {
  it.each([
    ['the branch of a claim', 'clawtank/T-1/1', [commit(octo)], 'T-1'],
    [
      'the branch of a claim, whoever signs',
      'clawtank/T-1/1',
      [commit(octo, task('T-2'), agent('scuttle'))],
      'T-1',
    ],
    [
      'the address that an agent signs with',
      'feature',
      [commit(`${SCUTTLE}@agents.clawtank.invalid`)],
      'T-2',
    ],
    ['agent and task in the trailers', 'feature', [commit(octo, task('T-2'), agent('scuttle'))], 'T-2'],
    ['the newest commit', 'feature', [commit(octo, task('T-1'), agent('pincer')), commit(octo)], undefined],
    ['a task alone', 'feature', [commit(octo, task('T-1'))], undefined],
    ['an agent alone', 'feature', [commit(octo, agent('pincer'))], undefined],
    ['another’s task', 'feature', [commit(octo, task('T-1'), agent('scuttle'))], undefined],
    [
      'an agent’s address under another’s task',
      'feature',
      [commit(`${SCUTTLE}@agents.clawtank.invalid`, task('T-1'))],
      undefined,
    ],
    ['the branch of a claim that has ended', 'clawtank/T-1/0', [commit(octo)], undefined],
    ['nothing', 'feature', [], undefined],
  ])('by %s', (_name, branch, commits, key) => {
    expect(workOf(branch, commits, claims)?.key).toBe(key);
  });
});
