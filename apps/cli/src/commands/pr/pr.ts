import type { Command } from 'commander';
import type { PullRequestView } from '@clawtank/contracts';
import { oneLine, table } from '../../output/table.js';
import type { Start } from '../../start.js';
import { cliOf, given, roomOption, type RoomOption, wholeNumber } from '../options.js';
import { addDiff } from './diff.js';
import { addOpen } from './open.js';
import { addReview } from './review.js';
import { addShowPr } from './show-pr.js';

interface ListOptions extends RoomOption {
  readonly state?: string;
}

export function addPr(program: Command, start: Start): void {
  const pr = program.command('pr').description('pull requests of a room');
  pr.command('list', { isDefault: true })
    .description('open pull requests')
    .addOption(roomOption())
    .option('--state <state>', 'open, merged, closed or all', 'open')
    .action(async (options: ListOptions, command: Command) => {
      const cli = cliOf(command, start);
      const state = options.state === 'all' ? undefined : options.state;
      const page = await cli.rest.query(
        'pull_requests.list',
        { room_id: cli.room(options.room), ...given({ state }) },
        cli,
      );
      cli.out.result(page, () => (page.items.length > 0 ? table(page.items.map(row)) : 'No pull requests.'));
    });
  addShowPr(pr, start);
  addDiff(pr, start);
  addOpen(pr, start);
  addReview(pr, start);
  addMerge(pr, start);
  addWithdraw(pr, start);
  addClose(pr, start);
}

const row = (pull: PullRequestView): string[] => [
  `#${pull.number}`,
  pull.state,
  pull.approved ? 'approved' : '-',
  pull.mergeable,
  pull.author.name,
  oneLine(pull.title, 80),
];

function addMerge(pr: Command, start: Start): void {
  pr.command('merge')
    .description('merge a pull request')
    .argument('<number>', '', wholeNumber(1))
    .addOption(roomOption())
    .action(async (number: number, options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const done = await cli.rest.command('git.merge', { room_id: cli.room(options.room), number }, cli);
      cli.out.result(done, () =>
        done.sha === null
          ? `#${done.number} waits to be merged, at place ${done.position ?? 1}.`
          : `#${done.number} is merged as ${done.sha.slice(0, 8)}.`,
      );
    });
}

function addWithdraw(pr: Command, start: Start): void {
  pr.command('withdraw')
    .description('take a pull request out of the merge queue; its task goes back to work')
    .argument('<number>', '', wholeNumber(1))
    .addOption(roomOption())
    .action(async (number: number, options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const input = { room_id: cli.room(options.room), number, withdraw: true };
      const done = await cli.rest.command('git.merge', input, cli);
      cli.out.result(done, () => `#${done.number} no longer waits to be merged.`);
    });
}

function addClose(pr: Command, start: Start): void {
  pr.command('close')
    .description('close a pull request unmerged; its task goes back to work')
    .argument('<number>', '', wholeNumber(1))
    .addOption(roomOption())
    .action(async (number: number, options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const done = await cli.rest.command('git.close', { room_id: cli.room(options.room), number }, cli);
      cli.out.result(done, () => `#${done.number} is closed.`);
    });
}
