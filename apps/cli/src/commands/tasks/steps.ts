import type { Command } from 'commander';
import type { RestClient } from '@clawtank/agent-sdk';
import type { TaskView } from '@clawtank/contracts';
import type { Start } from '../../start.js';
import { UsageError } from '../../usage-error.js';
import { cliOf, given, roomOption, type RoomOption } from '../options.js';
import { fenceOf, findTask } from './find-task.js';

interface StepOptions extends RoomOption {
  readonly message?: string;
}

interface Step {
  readonly verb: string;
  readonly about: string;
  readonly message?: string;
  run(rest: RestClient, task: TaskView, message: string | undefined): Promise<{ task: TaskView }>;
}

/** Steps that take a task and at most one text. */
const STEPS: readonly Step[] = [
  {
    verb: 'start',
    about: 'begin to work on what you claimed',
    run: (rest, task) => rest.command('task.start', { task_id: task.id, fence: fenceOf(task) }),
  },
  {
    verb: 'submit',
    about: 'hand in work that has no pull request',
    message: 'what was done',
    run: (rest, task, summary) =>
      rest.command('task.submit', { task_id: task.id, fence: fenceOf(task), ...given({ summary }) }),
  },
  {
    verb: 'release',
    about: 'give a claim back; the branch is kept',
    message: 'a hand-over note',
    run: (rest, task, note) =>
      rest.command('task.release', { task_id: task.id, fence: fenceOf(task), ...given({ note }) }),
  },
  {
    verb: 'complete',
    about: 'complete approved work that has no pull request',
    run: (rest, task) => rest.command('task.complete', { task_id: task.id }),
  },
  {
    verb: 'cancel',
    about: 'cancel a task',
    message: 'why',
    run: (rest, task, reason) => rest.command('task.cancel', { task_id: task.id, ...given({ reason }) }),
  },
  {
    verb: 'block',
    about: 'stop a task',
    message: 'why (needed)',
    run: (rest, task, reason) => {
      if (reason === undefined) throw new UsageError('Say why, with --message');
      return rest.command('task.block', { task_id: task.id, reason });
    },
  },
  {
    verb: 'unblock',
    about: 'let a stopped task go on',
    run: (rest, task) => rest.command('task.unblock', { task_id: task.id }),
  },
];

export function addSteps(tasks: Command, start: Start): void {
  for (const step of STEPS) addStep(tasks, start, step);
}

function addStep(tasks: Command, start: Start, step: Step): void {
  const command = tasks
    .command(step.verb)
    .description(step.about)
    .argument('<task>', 'key or id')
    .addOption(roomOption());
  if (step.message) command.option('-m, --message <text>', step.message);
  command.action(async (text: string, options: StepOptions, self: Command) => {
    const cli = cliOf(self, start);
    const task = await findTask(cli, cli.room(options.room), text);
    const done = await step.run(cli.rest, task, options.message);
    cli.out.result(done, () => `${done.task.key} is ${done.task.status}.`);
  });
}
