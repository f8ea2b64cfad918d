import type { Command } from 'commander';
import type { AgentTokenView } from '@clawtank/contracts';
import { table } from '../../output/table.js';
import type { Start } from '../../start.js';
import { cliOf, given } from '../options.js';
import { findAgent } from './find-agent.js';

interface TokenOptions {
  readonly label?: string;
}

export function addTokens(agent: Command, start: Start): void {
  agent
    .command('token')
    .description('make a token for an agent on another machine; it is shown this once')
    .argument('<agent>', 'name, handle or id')
    .option('--label <text>', 'to know it by')
    .action(async (text: string, options: TokenOptions, command: Command) => {
      const cli = cliOf(command, start);
      const { id } = await findAgent(cli, text);
      const made = await cli.rest.command(
        'agent.create_token',
        { agent_id: id, ...given({ label: options.label }) },
        cli,
      );
      cli.out.result({ ...made, agent_id: id }, () => made.token);
    });
  agent
    .command('tokens')
    .description("an agent's tokens, without their secrets")
    .argument('<agent>', 'name, handle or id')
    .action(async (text: string, _options: object, command: Command) => {
      const cli = cliOf(command, start);
      const { id } = await findAgent(cli, text);
      const page = await cli.rest.query('agent_tokens.list', { agent_id: id }, cli);
      cli.out.result(page, () => (page.items.length > 0 ? table(page.items.map(row)) : 'No tokens.'));
    });
  agent
    .command('revoke')
    .description('revoke a token; whoever uses it is cut off')
    .argument('<agent>', 'name, handle or id')
    .argument('<token-id>')
    .action(async (text: string, token_id: string, _options: object, command: Command) => {
      const cli = cliOf(command, start);
      const { id } = await findAgent(cli, text);
      const done = await cli.rest.command('agent.revoke_token', { agent_id: id, token_id }, cli);
      if (cli.credentials.agents().some((agent) => agent.token_id === token_id))
        cli.credentials.removeAgent(id);
      cli.out.result(done, () => `Revoked ${done.id}.`);
    });
}

const row = (token: AgentTokenView): string[] => [
  token.id,
  token.revoked_at ? 'revoked' : 'live',
  token.last_used_at ? `used ${token.last_used_at}` : 'never used',
  token.label,
];
