import type { PullRequestView, TaskView } from '@clawtank/contracts';
import type { TaskShape } from '../../story/words';

/** What moving a card means. */
export type Move =
  | { readonly do: 'assign' | 'request_changes' | 'nothing' }
  | { readonly do: 'release'; readonly fence: number }
  | { readonly do: 'start'; readonly fence: number }
  | { readonly do: 'submit'; readonly fence: number }
  | { readonly do: 'merge'; readonly number: number }
  | { readonly do: 'complete' }
  | { readonly do: 'refuse'; readonly why: string };

const refuse = (why: string): Move => ({ do: 'refuse', why });

/** What it means that this person moves a task into a column; a column that it can't go to says why. */
export function moveOf(
  task: TaskView,
  to: TaskShape,
  from: TaskShape,
  facts: { readonly me: string; readonly pull: PullRequestView | undefined },
): Move {
  if (to === from) return { do: 'nothing' };
  if (task.status === 'complete') return refuse(`${task.key} is done.`);
  if (task.status === 'blocked')
    return refuse(`${task.key} is blocked. It moves once what it waits for is over.`);
  switch (to) {
    case 'claimed':
      return task.status === 'open' ? { do: 'assign' } : refuse(`${task.key} is claimed already.`);
    case 'open':
      return owned(task, facts.me, 'release');
    case 'progress':
      return toProgress(task, facts.me);
    case 'review':
      return task.status === 'in_progress'
        ? owned(task, facts.me, 'submit')
        : refuse(`${task.key} is not in progress.`);
    case 'done':
      return toDone(task, facts.pull);
    case 'blocked':
      return { do: 'nothing' };
  }
}

/** Only who holds the claim knows its fence's worth. */
function owned(task: TaskView, me: string, what: 'release' | 'start' | 'submit'): Move {
  if (task.assignee?.id === me && task.fence !== null) return { do: what, fence: task.fence };
  const holder = task.assignee?.name;
  return refuse(holder ? `${holder} holds ${task.key} and moves it.` : `Nobody holds ${task.key}.`);
}

function toProgress(task: TaskView, me: string): Move {
  if (task.status === 'review') return { do: 'request_changes' };
  if (task.status === 'open') return refuse(`${task.key} has to be claimed first.`);
  return owned(task, me, 'start');
}

function toDone(task: TaskView, pull: PullRequestView | undefined): Move {
  if (task.status !== 'review') return refuse(`${task.key} has not been submitted for review.`);
  if (!pull) return { do: 'complete' };
  return pull.approved
    ? { do: 'merge', number: pull.number }
    : refuse(`#${pull.number} has to be approved before it is merged.`);
}
