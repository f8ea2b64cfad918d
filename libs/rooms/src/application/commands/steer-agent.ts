import type { AgentAutonomyInput, AgentControlInput, AgentRedirectInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { mayControl } from '../../domain/agent-policies.js';
import type { Room } from '../../domain/room.js';
import { saveAutonomy } from '../../persistence/approvals.js';
import { type RoomAgent, setPaused } from '../../persistence/room-agents.js';
import { AgentAutonomyBody, AgentControlBody, AgentRedirectBody } from '../inputs/agent-inputs.js';
import { enterForAgent } from './enter-for-agent.js';

interface Access {
  readonly room: Room;
  readonly agent: RoomAgent;
}

async function enterToSteer(context: CommandContext, input: AgentControlInput): Promise<Access> {
  const { room, agent, standing } = await enterForAgent(context, input);
  enforce(mayControl(context.caller, standing, agent.ownerId));
  return { room, agent };
}

async function changePause(
  { tx, caller }: CommandContext,
  { room, agent }: Access,
  paused: boolean,
): Promise<{ agent_id: string }> {
  if (agent.paused !== paused) {
    await setPaused(tx, room.id, agent.agentId, paused);
    const data = { agent_id: agent.agentId, paused };
    tx.appendToRoom(room.id, { type: 'agent.paused', actor: actorOf(caller), data });
  }
  return { agent_id: agent.agentId };
}

/** The agent is to take nothing new until it is resumed; it stays in the room. */
@CommandHandler('agent.pause', AgentControlBody)
export class PauseAgent implements Command<'agent.pause', Access> {
  authorise = enterToSteer;

  run(context: CommandContext, _input: AgentControlInput, access: Access): Promise<{ agent_id: string }> {
    return changePause(context, access, true);
  }
}

@CommandHandler('agent.resume', AgentControlBody)
export class ResumeAgent implements Command<'agent.resume', Access> {
  authorise = enterToSteer;

  run(context: CommandContext, _input: AgentControlInput, access: Access): Promise<{ agent_id: string }> {
    return changePause(context, access, false);
  }
}

/** What the agent asks a person for in this room; the room's own setting may ask for more. */
@CommandHandler('agent.set_autonomy', AgentAutonomyBody)
export class SetAgentAutonomy implements Command<'agent.set_autonomy', Access> {
  authorise = enterToSteer;

  async run(
    { tx, caller }: CommandContext,
    { autonomy }: AgentAutonomyInput,
    { room, agent: { agentId } }: Access,
  ): Promise<{ agent_id: string }> {
    const data = { agent_id: agentId, autonomy };
    if (await saveAutonomy(tx, room.id, agentId, autonomy))
      tx.appendToRoom(room.id, { type: 'agent.autonomy', actor: actorOf(caller), data });
    return { agent_id: agentId };
  }
}

/** Tells the running agent what to do instead. */
@CommandHandler('agent.redirect', AgentRedirectBody)
export class RedirectAgent implements Command<'agent.redirect', Access> {
  authorise = enterToSteer;

  run(
    { tx, caller }: CommandContext,
    input: AgentRedirectInput,
    { room, agent }: Access,
  ): Promise<{ agent_id: string }> {
    const data = { agent_id: agent.agentId, instruction: input.instruction, task_id: agent.taskId };
    tx.appendToRoom(room.id, { type: 'agent.redirected', actor: actorOf(caller), data });
    return Promise.resolve({ agent_id: agent.agentId });
  }
}
