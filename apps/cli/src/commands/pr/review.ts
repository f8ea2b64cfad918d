import type { Command } from 'commander';
import type { GitReviewInput } from '@clawtank/contracts';
import type { Start } from '../../start.js';
import { UsageError } from '../../usage-error.js';
import { cliOf, collect, given, roomOption, wholeNumber } from '../options.js';
import { approveOption, requestChangesOption, type VerdictOptions, verdictOf } from '../tasks/review-task.js';

interface ReviewOptions extends VerdictOptions {
  readonly comment?: readonly string[];
}

type Comment = NonNullable<GitReviewInput['comments']>[number];

export function addReview(pr: Command, start: Start): void {
  pr.command('review')
    .description('approve a pull request or ask for changes')
    .argument('<number>', '', wholeNumber(1))
    .addOption(roomOption())
    .addOption(approveOption())
    .addOption(requestChangesOption())
    .option('-m, --message <text>')
    .option('--comment <path:line:text>', 'a remark on a line; repeatable', collect)
    .action(async (number: number, options: ReviewOptions, command: Command) => {
      const cli = cliOf(command, start);
      const verdict = verdictOf(options);
      const remarks = given({ body: options.message, comments: options.comment?.map(lineComment) });
      const done = await cli.rest.command(
        'git.review',
        { room_id: cli.room(options.room), number, verdict, ...remarks },
        cli,
      );
      cli.out.result(
        done,
        () => `#${done.number}: ${verdict === 'approve' ? 'approved' : 'changes requested'}.`,
      );
    });
}

/**
 * `src/a.ts:12:text` as a remark on line 12.
 * @throws UsageError
 */
export function lineComment(text: string): Comment {
  const match = /^(.+?):(\d+):\s*(.+)$/s.exec(text);
  if (match?.[1] && match[2] && match[3]) return { path: match[1], line: Number(match[2]), body: match[3] };
  throw new UsageError(`A remark is written path:line:text, not ${text}`);
}
