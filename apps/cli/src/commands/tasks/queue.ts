import type { Command } from 'commander';
import type { QueuedTaskView } from '@clawtank/contracts';
import { table } from '../../output/table.js';
import type { Start } from '../../start.js';
import { everyPage } from '../every-page.js';
import { cliOf, roomOption, type RoomOption } from '../options.js';

export function addQueue(tasks: Command, start: Start): void {
  tasks
    .command('queue')
    .description('the open tasks in the order in which they are to be taken, and why')
    .addOption(roomOption())
    .action(async (options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const room_id = cli.room(options.room);
      const items = await everyPage((page) => cli.rest.query('tasks.queue', { room_id, ...page }, cli));
      cli.out.result({ items }, () =>
        items.length === 0 ? 'Nothing waits to be taken.' : table(items.map(queueRow)),
      );
    });
}

const queueRow = ({ rank, key, title, reasons }: QueuedTaskView): string[] => [
  `${String(rank)}.`,
  key,
  title,
  reasons.join('; '),
];
