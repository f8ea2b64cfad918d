import { judgePush, type PushGrant, type RefUpdate } from './push-policy.js';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const own = 'refs/heads/clawtank/T-1/2';
const update = (ref: string, more: Partial<RefUpdate> = {}): RefUpdate => ({
  ref,
  old: OLD,
  new: NEW,
  forced: false,
  deletes: false,
  isTag: ref.startsWith('refs/tags/'),
  ...more,
});
const working: PushGrant = {
  kind: 'claim',
  allowedRef: own,
  defaultRef: 'refs/heads/main',
  beforeReview: true,
};
const reviewed: PushGrant = { ...working, beforeReview: false };
const setup: PushGrant = { kind: 'setup' };

describe('what a push may do', () => {
  it.each<[string, RefUpdate, PushGrant, string | undefined]>([
    ['a claim moves its own branch', update(own), working, undefined],
    ['a claim rewrites its own branch before review', update(own, { forced: true }), working, undefined],
    ['a claim moves its own branch in review', update(own), reviewed, undefined],
    [
      'a claim does not rewrite what is under review',
      update(own, { forced: true }),
      reviewed,
      'git.force_refused',
    ],
    [
      'a claim leaves the default branch alone',
      update('refs/heads/main'),
      working,
      'git.default_branch_protected',
    ],
    [
      'a claim leaves an older fence alone',
      update('refs/heads/clawtank/T-1/1'),
      working,
      'git.not_own_branch',
    ],
    ['a claim leaves other tasks alone', update('refs/heads/clawtank/T-2/2'), working, 'git.not_own_branch'],
    ['a claim makes no other branch', update('refs/heads/x'), working, 'git.not_own_branch'],
    ['a claim is not fooled by a prefix', update(`${own}/x`), working, 'git.not_own_branch'],
    ['a claim writes no other kind of ref', update('refs/notes/x'), working, 'git.not_own_branch'],
    ['a claim makes no tag', update('refs/tags/v1'), working, 'git.tags_protected'],
    ['a claim deletes nothing', update(own, { deletes: true }), working, 'git.delete_refused'],
    ['a set-up fills the default branch', update('refs/heads/main'), setup, undefined],
    ['a set-up brings tags', update('refs/tags/v1'), setup, undefined],
    ['a set-up makes no branch of a claim', update(own), setup, 'git.invalid_ref'],
    ['a set-up brings no strange names', update('refs/heads/a~b'), setup, 'git.invalid_ref'],
    ['a set-up writes no other kind of ref', update('refs/pull/1/head'), setup, 'git.invalid_ref'],
    ['a set-up rewrites nothing', update('refs/heads/main', { forced: true }), setup, 'git.force_refused'],
    ['a set-up deletes nothing', update('refs/heads/x', { deletes: true }), setup, 'git.delete_refused'],
  ])('%s', (_name, one, grant, reason) => {
    const [judged] = judgePush([one], grant);
    const verdict = judged?.verdict;
    expect(verdict?.allowed ? undefined : verdict?.because.reason).toBe(reason);
  });

  it('judges each update of a push', () => {
    const verdicts = judgePush([update(own), update('refs/heads/main')], working);
    expect(verdicts.map(({ verdict }) => verdict.allowed)).toEqual([true, false]);
  });
});
