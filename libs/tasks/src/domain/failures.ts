import { defineFailures } from '@clawtank/kernel';

export const { fail, deny } = defineFailures({
  'task.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such task.' },
  'task.open_subtasks': {
    code: 'CONFLICT',
    say: (a: { key: string; subtasks: readonly string[] }) =>
      `${a.key} has subtasks that are not done: ${a.subtasks.join(', ')}.`,
  },
  'task.not_in_review': {
    code: 'CONFLICT',
    say: (a: { key: string; status: string }) => `${a.key} is ${a.status}, not in review.`,
  },
});
