import { type Cast, nameOf } from './cast';
import type { Told } from './log';
import { aside, code, listed, type Part, plain, type Sentence, say, strong } from './sentence';
import { bare } from './title';

type TaskEvent = Extract<Told, { type: 'task.suggested' | 'task.created' | 'task.update' | 'task.lease' }>;
type TaskUpdate = Extract<TaskEvent, { type: 'task.update' }>;

/** A task by key and title: `T-12 Add --severity`. */
export function taskParts(cast: Cast, taskId: string, key: string): readonly Part[] {
  const title = cast.tasks.get(taskId)?.title;
  return title ? [code(key), strong(` ${bare(title)}`)] : [code(key)];
}

export function taskSentence(event: TaskEvent, cast: Cast): Sentence | null {
  const who = strong(nameOf(cast, event.actor));
  switch (event.type) {
    case 'task.suggested':
      return say('bulb', [plain('Maybe a task: '), strong(bare(event.data.title))], aside);
    case 'task.created':
      return say('board', [
        who,
        plain(' added '),
        code(event.data.key),
        strong(` ${bare(event.data.title)}`),
      ]);
    case 'task.lease':
      return say('lock', [code(event.data.key), plain(' holds '), code(listed(event.data.patterns))], aside);
    case 'task.update':
      return updateSentence(event, cast);
  }
}

function updateSentence(event: TaskUpdate, cast: Cast): Sentence | null {
  const { change, assignee, task_id, key } = event.data;
  const actor = strong(nameOf(cast, event.actor));
  const worker = assignee ? strong(nameOf(cast, assignee)) : actor;
  const task = taskParts(cast, task_id, key);
  switch (change) {
    case 'assigned':
      return say('board', [actor, plain(' gave '), ...task, plain(' to '), worker]);
    case 'claimed':
      return say('board', [worker, plain(' claimed '), ...task]);
    case 'started':
      return say('play', [worker, plain(' started '), ...task], aside);
    case 'submitted':
      return say('pr', [worker, plain(' put '), ...task, plain(' up for review')], aside);
    case 'changes_requested':
      return say('reply', [actor, plain(' asked for changes on '), ...task]);
    case 'approved':
      return say('check', [actor, plain(' approved '), ...task], { tone: 'success' });
    case 'released':
      return say('left', [actor, plain(' let go of '), ...task]);
    case 'expired':
      return say('clock', [plain('The claim on '), ...task, plain(' ran out')]);
    case 'blocked':
      return say('warn', [...task, plain(' is blocked')], { tone: 'danger' });
    case 'unblocked':
      return say('play', [...task, plain(' goes on')]);
    case 'completed':
      return say('check', [worker, plain(' finished '), ...task], { tone: 'success' });
    case 'cancelled':
      return say('x', [actor, plain(' cancelled '), ...task]);
    default:
      return null;
  }
}
