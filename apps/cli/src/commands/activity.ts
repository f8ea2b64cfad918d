import type { Command } from 'commander';
import { foldRoom } from '@clawtank/agent-sdk';
import { type MemberEvent, type RoomSnapshot } from '@clawtank/contracts';
import type { Cli } from '../cli.js';
import { eventLine, namesOf } from '../output/event-line.js';
import type { Start } from '../start.js';
import { CliError } from '../usage-error.js';
import { cliOf, roomOption, type RoomOption, wholeNumber } from './options.js';

interface ActivityOptions extends RoomOption {
  readonly follow?: true;
  readonly after?: number;
  readonly limit: number;
}

const DEFAULT_LIMIT = 50;

export function addActivity(program: Command, start: Start): void {
  program
    .command('activity')
    .description("what happened in a room: its members' log")
    .addOption(roomOption())
    .option('-f, --follow', 'go on with what happens from now on')
    .option('--after <seq>', 'begin after this number of the log', wholeNumber(0))
    .option('-n, --limit <number>', 'begin so many events before the end', wholeNumber(0), DEFAULT_LIMIT)
    .action((options: ActivityOptions, command: Command) => activity(cliOf(command, start), options));
}

async function activity(cli: Cli, options: ActivityOptions): Promise<void> {
  const client = cli.client();
  try {
    const room = await readSnapshot(cli, cli.room(options.room));
    const from = options.after ?? Math.max(0, room.cursor - options.limit);
    const after = { seq: from, epoch: room.epoch };
    const stream = await client.room(room.room.id).join({ after, signal: cli.signal });
    let snapshot: RoomSnapshot = stream.snapshot;
    const names = namesOf(() => snapshot);
    const tell = (event: MemberEvent): void => cli.out.result(event, () => eventLine(event, names) ?? []);
    const end = snapshot.cursor;
    if (!options.follow && from >= end) return;
    for await (const frame of stream.frames({ onResync: (anew) => void (snapshot = anew) })) {
      for (const event of frame.events) {
        if (!options.follow && event.seq > end) return;
        snapshot = foldRoom(snapshot, event);
        tell(event);
      }
      if (!options.follow && frame.to >= end) return;
    }
  } finally {
    client.close();
  }
}

async function readSnapshot(cli: Cli, room_id: string): Promise<RoomSnapshot> {
  const snapshot = await cli.rest.query('rooms.get', { room_id }, cli);
  if ('suggestions' in snapshot) return snapshot;
  throw new CliError(
    'room.members_only',
    `Only members read the log of ${room_id}; strangers can: clawtank watch`,
  );
}
