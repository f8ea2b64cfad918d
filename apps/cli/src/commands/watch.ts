import type { Command } from 'commander';
import { foldSpectator } from '@clawtank/agent-sdk';
import type { SpectatorSnapshot } from '@clawtank/contracts';
import type { Cli } from '../cli.js';
import { eventLine, namesOf } from '../output/event-line.js';
import type { Start } from '../start.js';
import { cliOf } from './options.js';

export function addWatch(program: Command, start: Start): void {
  program
    .command('watch')
    .description('watch a public room live; needs no account')
    .argument('[room]', 'id or slug')
    .action((room: string | undefined, _options: object, command: Command) =>
      watch(cliOf(command, start), room),
    );
}

async function watch(cli: Cli, room: string | undefined): Promise<void> {
  const spectator = cli.spectator();
  try {
    const stream = await spectator.watch(cli.room(room), { signal: cli.signal });
    let snapshot = stream.snapshot;
    const names = namesOf(() => snapshot);
    const begin = (anew: SpectatorSnapshot): void => {
      snapshot = anew;
      cli.out.result({ type: 'snapshot', snapshot }, () => summary(snapshot));
    };
    begin(snapshot);
    for await (const event of stream.events({ onResync: begin })) {
      snapshot = foldSpectator(snapshot, event);
      cli.out.result(event, () => eventLine(event, names) ?? []);
    }
  } finally {
    spectator.close();
  }
}

const summary = ({ room, agents, tasks }: SpectatorSnapshot): string[] => [
  `${room.name} (${room.slug}): ${room.state}, host ${room.host_name}, ${room.members} people`,
  ...agents
    .filter((one) => one.connected)
    .map((one) => `  ${one.agent.name} (${one.agent.model}): ${one.status}`),
  ...tasks.map(
    (task) => `  ${task.key} ${task.status}: ${task.title}${task.assignee ? ` (${task.assignee.name})` : ''}`,
  ),
];
