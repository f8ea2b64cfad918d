import { type AgentRow, findAgent, revokeAgentTokens } from '@clawtank/auth';
import { actorOf, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { AdminAgentInput } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { RoomModeration } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import { AdminAction, type Done } from './admin-action.js';
import { AdminAgentBody } from './inputs.js';

async function requireAgent(tx: Tx, agentId: string): Promise<AgentRow> {
  const agent = await findAgent(tx, agentId);
  if (!agent) throw fail('admin.agent_not_found', {});
  return agent;
}

/** The agent can't sign in again until its owner makes a new token. */
@CommandHandler('admin.revoke_agent_tokens', AdminAgentBody)
export class RevokeTokens extends AdminAction<'admin.revoke_agent_tokens'> {
  readonly action = 'admin.revoke_agent_tokens';

  constructor(private readonly rooms: RoomModeration) {
    super();
  }

  protected async act(
    { tx }: CommandContext,
    { agent_id, reason }: AdminAgentInput,
  ): Promise<Done<'admin.revoke_agent_tokens'>> {
    const { handle } = await requireAgent(tx, agent_id);
    const revoked = await revokeAgentTokens(tx, agent_id);
    this.rooms.endSessions(tx, agent_id);
    const details = { handle, revoked, reason };
    return { reply: { agent_id, revoked }, target: { kind: 'agent', id: agent_id }, details };
  }
}

/** The agent leaves all its rooms now. Its token stays good. */
@CommandHandler('admin.disconnect_agent', AdminAgentBody)
export class DisconnectEverywhere extends AdminAction<'admin.disconnect_agent'> {
  readonly action = 'admin.disconnect_agent';

  constructor(private readonly rooms: RoomModeration) {
    super();
  }

  protected async act(
    { tx, caller }: CommandContext,
    { agent_id, reason }: AdminAgentInput,
  ): Promise<Done<'admin.disconnect_agent'>> {
    const { handle } = await requireAgent(tx, agent_id);
    await this.rooms.disconnect(tx, agent_id, actorOf(caller));
    return { reply: { agent_id }, target: { kind: 'agent', id: agent_id }, details: { handle, reason } };
  }
}
