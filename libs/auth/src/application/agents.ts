import type {
  AgentCreateInput,
  AgentRef,
  AgentTokenCreateInput,
  AgentTokenRevokeInput,
  AgentView,
} from '@clawtank/contracts';
import { type Caller, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import { invariant, newId, randomSuffix } from '@clawtank/kernel';
import { hashToken, newAgentToken } from '../domain/agent-token.js';
import { fail } from '../domain/failures.js';
import { handleFrom } from '../domain/handle.js';
import {
  type AgentRow,
  agentView,
  countAgents,
  deleteAgent,
  findAgent,
  insertAgent,
  insertAgentToken,
  revokeAgentToken,
} from '../persistence/agents.js';
import { takeHandle } from '../persistence/users.js';
import { AgentCreateBody, AgentRefBody, AgentTokenCreateBody, AgentTokenRevokeBody } from './inputs.js';

const MAX_AGENTS = 50;
const HANDLE_TRIES = 5;

function requirePerson(caller: Caller): Promise<void> {
  if (caller.kind !== 'human') throw fail('auth.people_only', {});
  return Promise.resolve();
}

/** The caller's own agent. @throws agent.not_found, also for somebody else's */
export async function requireOwnAgent(
  tx: Pick<Tx, 'query'>,
  caller: Caller,
  agentId: string,
): Promise<AgentRow> {
  await requirePerson(caller);
  const agent = await findAgent(tx, agentId);
  if (!agent || agent.owner_id !== caller.id) throw fail('agent.not_found', {});
  return agent;
}

@CommandHandler('agent.create', AgentCreateBody)
export class CreateAgent implements Command<'agent.create'> {
  async authorise({ caller, tx }: CommandContext): Promise<void> {
    await requirePerson(caller);
    if ((await countAgents(tx, caller.id)) >= MAX_AGENTS) throw fail('agent.too_many', { limit: MAX_AGENTS });
  }

  async run({ tx, caller }: CommandContext, input: AgentCreateInput): Promise<{ agent: AgentView }> {
    const id = newId();
    const handle = await takeFreeHandle(tx, handleFrom(input.name), id);
    await insertAgent(tx, {
      id,
      owner_id: caller.id,
      name: input.name,
      handle,
      model: input.model ?? '',
      capabilities: input.capabilities ?? [],
      languages: input.languages ?? [],
    });
    const agent = await findAgent(tx, id);
    invariant(agent, 'an agent just made is found');
    return { agent: agentView(agent) };
  }
}

async function takeFreeHandle(tx: Tx, wanted: string, id: string): Promise<string> {
  for (let attempt = 0; attempt < HANDLE_TRIES; attempt += 1) {
    const handle = attempt === 0 ? wanted : `${wanted}-${randomSuffix(4)}`;
    if (await takeHandle(tx, handle, 'agent', id)) return handle;
  }
  throw fail('auth.name_taken', { name: wanted });
}

@CommandHandler('agent.delete', AgentRefBody)
export class DeleteAgent implements Command<'agent.delete', AgentRow> {
  authorise({ caller, tx }: CommandContext, input: AgentRef): Promise<AgentRow> {
    return requireOwnAgent(tx, caller, input.agent_id);
  }

  async run({ tx }: CommandContext, input: AgentRef): Promise<{ agent_id: string }> {
    await deleteAgent(tx, input.agent_id);
    return { agent_id: input.agent_id };
  }
}

@CommandHandler('agent.create_token', AgentTokenCreateBody, { secretReply: true })
export class CreateAgentToken implements Command<'agent.create_token', AgentRow> {
  authorise({ caller, tx }: CommandContext, input: AgentTokenCreateInput): Promise<AgentRow> {
    return requireOwnAgent(tx, caller, input.agent_id);
  }

  async run({ tx }: CommandContext, input: AgentTokenCreateInput): Promise<{ id: string; token: string }> {
    const id = newId();
    const token = newAgentToken();
    await insertAgentToken(tx, {
      id,
      agentId: input.agent_id,
      hash: hashToken(token),
      label: input.label ?? '',
    });
    return { id, token };
  }
}

@CommandHandler('agent.revoke_token', AgentTokenRevokeBody)
export class RevokeAgentToken implements Command<'agent.revoke_token', AgentRow> {
  authorise({ caller, tx }: CommandContext, input: AgentTokenRevokeInput): Promise<AgentRow> {
    return requireOwnAgent(tx, caller, input.agent_id);
  }

  async run({ tx }: CommandContext, input: AgentTokenRevokeInput): Promise<{ id: string }> {
    if (!(await revokeAgentToken(tx, input.agent_id, input.token_id)))
      throw fail('agent.token_not_found', {});
    return { id: input.token_id };
  }
}
