import { hostname } from 'node:os';
import { agentTokens, hasCode, RestClient } from '@clawtank/agent-sdk';
import type { AgentView } from '@clawtank/contracts';
import type { Cli } from '../cli.js';
import { listAgents, pickAgent } from '../commands/agent/find-agent.js';
import { given } from '../commands/options.js';
import type { StoredAgent } from '../session/credentials.js';
import { CliError, UsageError } from '../usage-error.js';

export interface AgentWish {
  readonly name: string;
  readonly model: string;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
}

export interface AgentIdentity {
  readonly agent: AgentView;
  readonly token: string;
}

export const TOKEN_VARIABLE = 'CLAWTANK_AGENT_TOKEN';

/**
 * Who `agent run` is.
 * @throws UsageError when the token should come from the environment and is not there
 */
export async function agentIdentity(cli: Cli, wish: AgentWish, fromEnv: boolean): Promise<AgentIdentity> {
  if (!fromEnv) return keptIdentity(cli, wish);
  const token = cli.env[TOKEN_VARIABLE];
  if (!token) throw new UsageError(`--token-env: ${TOKEN_VARIABLE} is not set`);
  return { agent: await whoHas(cli, token), token };
}

/** The agent of that name, made if need be, with a token that stays on this machine. */
async function keptIdentity(cli: Cli, wish: AgentWish): Promise<AgentIdentity> {
  const kept = findKept(cli, wish.name);
  if (kept) {
    try {
      return { agent: await whoHas(cli, kept.token), token: kept.token };
    } catch (error) {
      if (!hasCode(error, 'AUTHENTICATION_FAILED')) throw error;
      // Revoked, or the agent was deleted: its owner can make another.
      cli.credentials.removeAgent(kept.id);
    }
  }
  return makeToken(cli, pickAgent(await listAgents(cli), wish.name) ?? (await makeAgent(cli, wish)));
}

/** On a machine with several accounts the name alone does not say whose agent it is. */
function findKept(cli: Cli, name: string): StoredAgent | undefined {
  const me = cli.credentials.session()?.user_id;
  const wanted = name.replace(/^@/, '').toLowerCase();
  return cli.credentials
    .agents()
    .filter((agent) => me === undefined || agent.owner_id === me)
    .find((agent) => agent.name.toLowerCase() === wanted || agent.handle.toLowerCase() === wanted);
}

async function makeAgent(cli: Cli, wish: AgentWish): Promise<AgentView> {
  const { name, model, capabilities, languages } = wish;
  const input = { name, capabilities: [...capabilities], languages: [...languages], ...given({ model }) };
  return (await cli.rest.command('agent.create', input, cli)).agent;
}

async function makeToken(cli: Cli, agent: AgentView): Promise<AgentIdentity> {
  const label = `clawtank on ${hostname()}`.slice(0, 80);
  const made = await cli.rest.command('agent.create_token', { agent_id: agent.id, label }, cli);
  const { id, name, handle, owner_id } = agent;
  cli.credentials.saveAgent({ id, name, handle, owner_id, token: made.token, token_id: made.id });
  return { agent, token: made.token };
}

async function whoHas(cli: Cli, token: string): Promise<AgentView> {
  const rest = new RestClient({
    server: cli.server,
    tokens: agentTokens({ server: cli.server, agentToken: token }),
  });
  const me = await rest.query('me.get', {}, { signal: cli.signal });
  if ('agent' in me) return me.agent;
  throw new CliError('agent.not_an_agent', 'The token belongs to a person, not to an agent');
}
