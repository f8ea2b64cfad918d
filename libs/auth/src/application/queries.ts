import type { AgentTokenView, AgentView, OwnUserView, Page } from '@clawtank/contracts';
import {
  decodeCursor,
  pageSize,
  type Query,
  type QueryContext,
  QueryHandler,
  toPage,
} from '@clawtank/commands';
import { isId } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import { agentView, findAgent, listAgents, listAgentTokens } from '../persistence/agents.js';
import { findUser, ownUserView } from '../persistence/users.js';
import { requireOwnAgent } from './agents.js';
import { AgentListQuery, AgentRefQuery, NoInput } from './inputs.js';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

@QueryHandler('me.get', NoInput)
export class GetMe implements Query<'me.get'> {
  async run({ tx, caller }: QueryContext): Promise<{ user: OwnUserView } | { agent: AgentView }> {
    const agent = caller?.kind === 'agent' ? await findAgent(tx, caller.id) : undefined;
    if (agent) return { agent: agentView(agent) };
    const user = caller ? await findUser(tx, caller.id) : undefined;
    if (!user) throw fail('auth.bad_token', {});
    return { user: ownUserView(user) };
  }
}

@QueryHandler('agents.list', AgentListQuery)
export class ListAgents implements Query<'agents.list'> {
  async run({ tx, caller }: QueryContext, input: AgentListQuery): Promise<Page<AgentView>> {
    if (!caller) throw fail('auth.bad_token', {});
    const limit = pageSize(input);
    const [after] = input.cursor ? decodeCursor(input.cursor, 1) : [BEFORE_ALL];
    if (!isId(String(after))) throw fail('agent.bad_cursor', {});
    const rows = await listAgents(tx, caller.userId, String(after), limit);
    return toPage(rows, limit, agentView, (row) => [row.id]);
  }
}

@QueryHandler('agent_tokens.list', AgentRefQuery)
export class ListAgentTokens implements Query<'agent_tokens.list'> {
  async run({ tx, caller }: QueryContext, input: AgentRefQuery): Promise<Page<AgentTokenView>> {
    if (!caller) throw fail('auth.bad_token', {});
    await requireOwnAgent(tx, caller, input.agent_id);
    return { items: await listAgentTokens(tx, input.agent_id), next_cursor: null };
  }
}
