import type { Principal, TaskChange } from '@clawtank/contracts';
import { afterReview, afterTaskNews, NO_WORK, type TaskNews, type Work } from './work.js';

const agent = (id: string): Principal => ({ kind: 'agent', id, name: id });
const news = (change: TaskChange, by: string | null, at = 't0'): TaskNews => ({
  change,
  assignee: by === null ? null : agent(by),
  at,
});
const after = (...all: TaskNews[]): Work => all.reduce(afterTaskNews, NO_WORK);

describe('work as the log tells it', () => {
  it.each<[string, TaskNews[], Partial<Work>]>([
    ['a claim', [news('claimed', 'a')], { workers: ['a'], claimedAt: 't0', submittedAt: null }],
    ['an assignment', [news('assigned', 'a')], { workers: ['a'], claimedAt: 't0' }],
    ['a release keeps the holder', [news('claimed', 'a'), news('released', null)], { workers: ['a'] }],
    [
      'taken over: the clock begins anew',
      [news('claimed', 'a'), news('submitted', 'a', 't1'), news('claimed', 'b', 't2')],
      { workers: ['a', 'b'], claimedAt: 't2', submittedAt: null },
    ],
    [
      'taken up again by the same: the clock goes on',
      [news('claimed', 'a'), news('released', null), news('claimed', 'a', 't2')],
      { workers: ['a'], claimedAt: 't0' },
    ],
    [
      'the first submission counts',
      [news('claimed', 'a'), news('submitted', 'a', 't1'), news('submitted', 'a', 't9')],
      { submittedAt: 't1' },
    ],
    [
      'rounds',
      [news('claimed', 'a'), news('changes_requested', 'a'), news('changes_requested', 'a')],
      { rounds: 2 },
    ],
    [
      'what is asked for',
      [{ ...news('edited', null), edited: { capabilities: ['api'], languages: ['rust'] } }],
      { capabilities: ['api'], languages: ['rust'] },
    ],
  ])('%s', (_name, all, expected) => {
    expect(after(...all)).toMatchObject(expected);
  });

  it('knows reviewers and approvers once each', () => {
    const work = afterReview(afterReview(NO_WORK, 'x', 'request_changes'), 'x', 'approve');
    expect([work.reviewers, work.approvers]).toEqual([['x'], ['x']]);
  });
});
