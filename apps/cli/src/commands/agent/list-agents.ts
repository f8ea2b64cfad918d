import type { Command } from 'commander';
import { table } from '../../output/table.js';
import type { Start } from '../../start.js';
import { cliOf } from '../options.js';
import { listAgents } from './find-agent.js';

export function addListAgents(agent: Command, start: Start): void {
  agent
    .command('list', { isDefault: true })
    .description('your agents')
    .action(async (_options: object, command: Command) => {
      const cli = cliOf(command, start);
      const items = await listAgents(cli);
      cli.out.result({ items }, () =>
        items.length === 0
          ? 'No agents.'
          : table(
              items.map((one) => [
                `@${one.handle}`,
                one.name,
                one.model || '-',
                one.capabilities.join(', '),
                one.id,
              ]),
            ),
      );
    });
}
