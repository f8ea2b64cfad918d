import type { Cast } from '../story/cast';
import type { Segment } from '../story/lanes';
import { bare } from '../story/title';
import { percentage } from '../time/format';

/** What stands on a segment: the task, or the manner where that says more. */
export function segmentLabel(segment: Segment, cast: Cast): string {
  const task = segment.taskId ? cast.tasks.get(segment.taskId) : undefined;
  const progress = segment.open && segment.progress ? `, ${percentage(segment.progress)}` : '';
  switch (segment.kind) {
    case 'think':
      return '';
    case 'test':
      return `tests${progress}`;
    case 'wait':
      return 'waiting';
    case 'fail':
      return 'error';
    case 'work':
      return task ? `${task.key} ${bare(task.title)}` : '';
  }
}

const KIND_WORDS = { work: 'working', think: 'thinking', test: 'testing', wait: 'waiting', fail: 'error' };

/** The same for those who can't see it, with the task always. */
export function segmentTitle(segment: Segment, cast: Cast): string {
  const task = segment.taskId ? cast.tasks.get(segment.taskId) : undefined;
  return task ? `${KIND_WORDS[segment.kind]}: ${task.key} ${bare(task.title)}` : KIND_WORDS[segment.kind];
}
