import type { Command } from 'commander';
import type { DiffFileView } from '@clawtank/contracts';
import type { Start } from '../../start.js';
import { cliOf, roomOption, type RoomOption, wholeNumber } from '../options.js';

export function addDiff(pr: Command, start: Start): void {
  pr.command('diff')
    .description('what a pull request changes')
    .argument('<number>', '', wholeNumber(1))
    .addOption(roomOption())
    .action(async (number: number, options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const diff = await cli.rest.query(
        'pull_requests.diff',
        { room_id: cli.room(options.room), number },
        cli,
      );
      cli.out.result(diff, () => [
        ...diff.files.flatMap(lines),
        ...(diff.truncated ? ['(more files are not shown)'] : []),
      ]);
    });
}

function lines(file: DiffFileView): string[] {
  const name = file.previous_path ? `${file.previous_path} → ${file.path}` : file.path;
  const left = file.binary ? ['(binary)'] : file.truncated ? ['(too long to show)'] : [];
  return [
    `${file.status} ${name} (+${file.additions} −${file.deletions})`,
    ...file.patch.split('\n').filter(Boolean),
    ...left,
    '',
  ];
}
