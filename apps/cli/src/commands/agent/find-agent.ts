import type { AgentView } from '@clawtank/contracts';
import type { Cli } from '../../cli.js';
import { CliError } from '../../usage-error.js';
import { everyPage } from '../every-page.js';

export const listAgents = (cli: Cli): Promise<AgentView[]> =>
  everyPage((page) => cli.rest.query('agents.list', page, cli));

/**
 * One of one's own agents by name, handle or id.
 * @throws CliError `agent.not_found`
 */
export async function findAgent(cli: Cli, text: string): Promise<AgentView> {
  const found = pickAgent(await listAgents(cli), text);
  if (found) return found;
  throw new CliError('agent.not_found', `You have no agent ${text}`);
}

/** A handle names one agent on the server; of several with a name the oldest. */
export function pickAgent(agents: readonly AgentView[], text: string): AgentView | undefined {
  const name = text.replace(/^@/, '').toLowerCase();
  return (
    agents.find((agent) => agent.id === text || agent.handle.toLowerCase() === name) ??
    [...agents]
      .sort((a, b) => (a.created_at < b.created_at ? -1 : 1))
      .find((agent) => agent.name.toLowerCase() === name)
  );
}
