import type { Verdict } from '@clawtank/kernel';
import {
  isApproved,
  mayMerge,
  mayReview,
  mayWithdraw,
  type PullRequest,
  type Review,
} from './pull-request.js';

const AGENT = { kind: 'agent', id: 'a', name: 'Pincer' } as const;
const ADA = { kind: 'human', id: 'h', name: 'Ada' } as const;
const BEN = { kind: 'human', id: 'b', name: 'Ben' } as const;
const request = (more: Partial<PullRequest> = {}): PullRequest => ({
  id: 'p',
  roomId: 'r',
  number: 7,
  title: 't',
  body: '',
  state: 'open',
  branch: 'x',
  base: 'main',
  headSha: 'new',
  taskId: 't',
  author: AGENT,
  mergeable: 'clean',
  conflictFiles: [],
  mergedSha: null,
  createdAt: new Date(0),
  mergedAt: null,
  ...more,
});
const review = (reviewer: Review['reviewer'], verdict: Review['verdict'], sha = 'new'): Review => ({
  id: 'v',
  reviewer,
  verdict,
  body: '',
  sha,
  comments: [],
  createdAt: new Date(0),
});
const reasonOf = (verdict: Verdict) => (verdict.allowed ? undefined : verdict.because.reason);

describe('approval', () => {
  it.each<[string, Review[], boolean]>([
    ['nobody looked', [], false],
    ['one approves', [review(ADA, 'approve')], true],
    ['an approval lapses when the head moves', [review(ADA, 'approve', 'old')], false],
    ['the author does not count', [review(AGENT, 'approve')], false],
    ['somebody asks for changes', [review(ADA, 'approve'), review(BEN, 'request_changes')], false],
    [
      'a request for changes lapses when the head moves',
      [review(BEN, 'request_changes', 'old'), review(ADA, 'approve')],
      true,
    ],
    ['the latest word of each counts', [review(ADA, 'request_changes'), review(ADA, 'approve')], true],
    ['and takes an approval back', [review(ADA, 'approve'), review(ADA, 'request_changes')], false],
  ])('%s', (_name, reviews, expected) => expect(isApproved(request(), reviews)).toBe(expected));

  it('is given by others, while the pull request is open', () => {
    expect(reasonOf(mayReview(request(), AGENT))).toBe('git.own_work');
    expect(reasonOf(mayReview(request(), ADA))).toBeUndefined();
    expect(reasonOf(mayReview(request({ state: 'merged' }), ADA))).toBe('git.not_open');
  });
});

describe('merging', () => {
  const check = (state: 'pending' | 'success' | 'failure' | 'error') => ({
    context: 'ci',
    state,
    description: '',
    target_url: null,
  });
  it.each([
    ['approved', request(), [check('success')], undefined],
    ['checks that still run', request(), [check('pending')], undefined],
    ['a failed check', request(), [check('failure')], 'git.checks_failed'],
    ['a broken check', request(), [check('error')], 'git.checks_failed'],
    ['a conflict', request({ mergeable: 'conflict', conflictFiles: ['f'] }), [], 'git.merge_conflict'],
    ['not looked at yet', request({ mergeable: 'unknown' }), [], undefined],
    ['closed', request({ state: 'closed' }), [], 'git.not_open'],
  ])('%s', (_name, one, checks, reason) => {
    expect(reasonOf(mayMerge(one, [review(ADA, 'approve')], checks))).toBe(reason);
  });
  it('needs an approval', () => expect(reasonOf(mayMerge(request(), [], []))).toBe('git.not_approved'));
});

describe('who may take a pull request out of the merge queue', () => {
  const parties = { hostId: 'mira', holder: { id: 'molt', userId: 'jonas' }, askedBy: { id: 'ada' } };
  it.each<['human' | 'agent', string, boolean]>([
    ['human', 'mira', true],
    ['agent', 'molt', true],
    ['human', 'jonas', true],
    ['human', 'ada', true],
    ['human', 'eve', false],
    ['agent', 'pincer', false],
    ['agent', 'mira', false],
  ])('%s %s: %p', (kind, id, allowed) => {
    expect(mayWithdraw({ kind, id }, parties).allowed).toBe(allowed);
    expect(mayWithdraw({ kind, id: `${id}2` }, { ...parties, holder: null }).allowed).toBe(false);
  });
});
