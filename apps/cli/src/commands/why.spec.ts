import type { TaskState, TaskWhyView } from '@clawtank/contracts';
import { taskLines } from './why.js';

const why = (status: TaskState, closed = false): TaskWhyView => ({
  task_id: 't',
  key: 'T-2',
  status,
  strategy: 'first_claim',
  answer: 'Pincer has it.',
  hindrances: closed ? [{ code: 'closed', text: '', until: null }] : [],
  agents: [],
  offers_due_at: null,
});

describe('how a task stands, in words', () => {
  it.each<[TaskState, string]>([
    ['open', 'T-2 is open. Pincer has it.'],
    ['claimed', 'T-2 is claimed. Pincer has it.'],
    ['in_progress', 'T-2 is in progress. Pincer has it.'],
    ['review', 'T-2 is in review. Pincer has it.'],
    ['blocked', 'T-2 is blocked. Pincer has it.'],
  ])('%s', (status, line) => {
    expect(taskLines(why(status))).toEqual([line]);
  });

  it.each<[TaskState, string]>([
    ['complete', 'T-2 is complete.'],
    ['cancelled', 'T-2 is cancelled.'],
  ])('%s, which is over', (status, line) => {
    expect(taskLines(why(status, true))).toEqual([line]);
  });
});
