import type { TaskView } from '@clawtank/contracts';
import { oneLine } from '../../output/table.js';

/** One row of a list of tasks. */
export const taskRow = (task: TaskView): string[] => [
  task.key,
  task.status,
  task.priority,
  task.assignee?.name ?? '-',
  task.pull_request === null ? '' : `#${task.pull_request}`,
  oneLine(task.title, 80),
];

/** One task, whole. */
export function taskLines(task: TaskView): string[] {
  const facts: [string, string | null][] = [
    ['status', task.status + (task.progress === null ? '' : ` ${Math.round(task.progress * 100)} %`)],
    ['priority', `${task.priority}, ${task.size}`],
    ['wanted by', task.deadline],
    ['assignee', task.assignee?.name ?? null],
    ['branch', task.branch],
    ['pull request', task.pull_request === null ? null : `#${task.pull_request}`],
    ['paths', task.paths.join(', ') || null],
    ['capabilities', [...task.capabilities, ...task.languages].join(', ') || null],
    ['blocked by', blocker(task)],
    ['note', task.note],
    ['summary', task.summary],
  ];
  return [
    `${task.key} ${task.title}`,
    ...facts.flatMap(([name, value]) => (value === null ? [] : [`  ${name}: ${value}`])),
    ...(task.description ? ['', ...task.description.split('\n')] : []),
  ];
}

function blocker({ blocked_by: by }: TaskView): string | null {
  if (!by) return null;
  if (by.kind === 'conflict') return `a conflict in ${by.files.join(', ')}`;
  if (by.kind === 'paths')
    return by.waits_for
      .map((wait) => `waits for ${wait.task_key} (${wait.holder_name}) on ${wait.held_pattern}`)
      .join(', ');
  return by.kind === 'manual' ? by.reason : `${by.task_ids.length} other tasks`;
}
