import type { PullRequestView, TaskState, TaskView } from '@clawtank/contracts';
import type { TaskShape } from '../../story/words';
import { moveOf } from './drop';

const task = (status: TaskState, fields: Partial<TaskView> = {}): TaskView =>
  ({ id: 't', key: 'T-1', status, assignee: null, fence: null, pull_request: null, ...fields }) as TaskView;
const held = { assignee: { kind: 'human', id: 'mira', name: 'Mira' }, fence: 4 } as const;
const pull = (approved: boolean) => ({ number: 8, approved }) as PullRequestView;

describe('moving a card', () => {
  it.each<[string, TaskView, TaskShape, TaskShape, PullRequestView | undefined, object]>([
    ['to where it is', task('open'), 'open', 'open', undefined, { do: 'nothing' }],
    ['an open one to claimed', task('open'), 'open', 'claimed', undefined, { do: 'assign' }],
    ['an own one back', task('claimed', held), 'claimed', 'open', undefined, { do: 'release', fence: 4 }],
    [
      'an own one into work',
      task('claimed', held),
      'claimed',
      'progress',
      undefined,
      { do: 'start', fence: 4 },
    ],
    [
      'an own one to review',
      task('in_progress', held),
      'progress',
      'review',
      undefined,
      { do: 'submit', fence: 4 },
    ],
    [
      'a reviewed one back',
      task('review', held),
      'review',
      'progress',
      pull(false),
      { do: 'request_changes' },
    ],
    ['an approved one to done', task('review'), 'review', 'done', pull(true), { do: 'merge', number: 8 }],
    ['one without a pull request to done', task('review'), 'review', 'done', undefined, { do: 'complete' }],
  ])('%s', (_name, one, from, to, request, move) => {
    expect(moveOf(one, to, from, { me: 'mira', pull: request })).toEqual(move);
  });

  it.each<[string, TaskView, TaskShape, TaskShape, PullRequestView | undefined, RegExp]>([
    ['somebody else’s', task('claimed', held), 'claimed', 'open', undefined, /Mira holds T-1/],
    ['an unapproved one', task('review'), 'review', 'done', pull(false), /#8 has to be approved/],
    ['an open one to done', task('open'), 'open', 'done', undefined, /not been submitted/],
    ['a blocked one', task('blocked'), 'open', 'claimed', undefined, /is blocked/],
    ['a done one', task('complete'), 'done', 'open', undefined, /is done/],
  ])('says why %s stays', (_name, one, from, to, request, why) => {
    expect(moveOf(one, to, from, { me: 'jonas', pull: request })).toEqual({
      do: 'refuse',
      why: expect.stringMatching(why),
    });
  });
});
