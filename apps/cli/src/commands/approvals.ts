import type { Command } from 'commander';
import type { ApprovalView } from '@clawtank/contracts';
import type { Start } from '../start.js';
import { cliOf, roomOption, type RoomOption } from './options.js';

const VERDICTS = [
  ['approve', 'granted', 'let an agent do what it asked for'],
  ['deny', 'refused', 'refuse an agent what it asked for'],
] as const;

export function addApprovals(program: Command, start: Start): void {
  program
    .command('approvals')
    .description('what agents wait for a word on')
    .option('--all', 'also what was decided, or has lapsed')
    .addOption(roomOption())
    .action(async (options: RoomOption & { readonly all?: boolean }, command: Command) => {
      const cli = cliOf(command, start);
      const page = await cli.rest.query('approvals.list', { room_id: cli.room(options.room) }, cli);
      const items = page.items.filter(({ state }) => options.all === true || state === 'pending');
      cli.out.result({ items }, () =>
        items.length > 0 ? items.map(line) : 'Nothing waits for an approval.',
      );
    });
  for (const [verb, verdict, about] of VERDICTS) {
    program
      .command(verb)
      .description(about)
      .argument('<approval-id>')
      .action(async (approval_id: string, _options: object, command: Command) => {
        const cli = cliOf(command, start);
        const done = await cli.rest.command('approval.resolve', { approval_id, verdict }, cli);
        cli.out.result(done, () => (verdict === 'granted' ? 'Granted.' : 'Refused.'));
      });
  }
}

const line = ({ approval_id, kind, state, detail, subject, expires_at }: ApprovalView): string => {
  const until = state === 'pending' && expires_at !== null ? `until ${expires_at}` : state;
  return `${approval_id}  ${kind.replace('_', ' ')}  ${detail} (${subject})  ${until}`;
};
