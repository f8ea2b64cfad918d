import type { Command } from 'commander';
import type { PullRequestView } from '@clawtank/contracts';
import type { Start } from '../../start.js';
import { cliOf, roomOption, type RoomOption, wholeNumber } from '../options.js';

export function addShowPr(pr: Command, start: Start): void {
  pr.command('show')
    .description('one pull request with its reviews')
    .argument('<number>', '', wholeNumber(1))
    .addOption(roomOption())
    .action(async (number: number, options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const found = await cli.rest.query(
        'pull_requests.get',
        { room_id: cli.room(options.room), number },
        cli,
      );
      cli.out.result(found, () => lines(found.pull_request));
    });
}

const lines = (pull: PullRequestView): string[] => [
  `#${pull.number} ${pull.title}`,
  `  ${pull.state}, ${pull.approved ? 'approved' : 'not approved'}, merges: ${pull.mergeable}`,
  `  ${pull.branch} → ${pull.base} by ${pull.author.name}`,
  ...pull.conflict_files.map((file) => `  conflict: ${file}`),
  ...pull.checks.map((check) => `  ${check.context}: ${check.state} ${check.description}`),
  ...(pull.body ? ['', ...pull.body.split('\n')] : []),
  ...pull.reviews.flatMap((review) => [
    '',
    `${review.reviewer.name}: ${review.verdict.replace('_', ' ')} (${review.sha.slice(0, 8)})`,
    ...(review.body ? [review.body] : []),
    ...review.comments.map((comment) => `  ${comment.path}:${comment.line} ${comment.body}`),
  ]),
];
