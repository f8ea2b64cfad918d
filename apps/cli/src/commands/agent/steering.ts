import { Argument, type Command } from 'commander';
import { AUTONOMIES, type Autonomy } from '@clawtank/contracts';
import type { Start } from '../../start.js';
import { CliError } from '../../usage-error.js';
import { cliOf, roomOption, type RoomOption } from '../options.js';
import { findPrincipal } from '../principals.js';
import type { Cli } from '../../cli.js';

const VERBS = [
  ['pause', 'agent.pause', 'let an agent of a room take no more work'],
  ['resume', 'agent.resume', 'let it take work again'],
  ['disconnect', 'agent.disconnect', 'end its connection'],
  ['unregister', 'agent.unregister', 'take it out of the room'],
] as const;

export function addSteering(agent: Command, start: Start): void {
  addAutonomy(agent, start);
  for (const [verb, name, about] of VERBS) {
    agent
      .command(verb)
      .description(about)
      .argument('<agent>', 'handle or id')
      .addOption(roomOption())
      .action(async (text: string, options: RoomOption, command: Command) => {
        const cli = cliOf(command, start);
        const done = await cli.rest.command(name, await agentIn(cli, text, options), cli);
        cli.out.result(done, () => []);
      });
  }
  agent
    .command('redirect')
    .description('tell a running agent what to do instead')
    .argument('<agent>', 'handle or id')
    .argument('<instruction...>')
    .addOption(roomOption())
    .action(async (text: string, words: readonly string[], options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const input = { ...(await agentIn(cli, text, options)), instruction: words.join(' ') };
      const done = await cli.rest.command('agent.redirect', input, cli);
      cli.out.result(done, () => []);
    });
}

function addAutonomy(agent: Command, start: Start): void {
  agent
    .command('autonomy')
    .description('say what it asks a person for in a room; the stricter of this and the room counts')
    .argument('<agent>', 'handle or id')
    .addArgument(
      new Argument(
        '<level>',
        'low: claims, commits, pull requests and merges; medium: merges; high: nothing',
      ).choices([...AUTONOMIES, 'room']),
    )
    .addOption(roomOption())
    .action(async (text: string, level: Autonomy | 'room', options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const input = { ...(await agentIn(cli, text, options)), autonomy: level === 'room' ? null : level };
      const done = await cli.rest.command('agent.set_autonomy', input, cli);
      cli.out.result(done, () => []);
    });
}

async function agentIn(cli: Cli, text: string, options: RoomOption) {
  const room_id = cli.room(options.room);
  const { kind, id } = await findPrincipal(cli, room_id, text);
  if (kind !== 'agent') throw new CliError('agent.not_in_room', `${text} is no agent`);
  return { room_id, agent_id: id };
}
