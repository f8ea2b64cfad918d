import type { AgentControlInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { Bus } from '@clawtank/events';
import { enforce } from '@clawtank/kernel';
import { mayEndPresence } from '../../domain/agent-policies.js';
import type { Room } from '../../domain/room.js';
import { forgetRoomAgent, type RoomAgent } from '../../persistence/room-agents.js';
import { AgentDepartures } from '../agent-departures.js';
import { AgentControlBody } from '../inputs/agent-inputs.js';
import { noticeAfterCommit } from '../session-notices.js';
import { enterForAgent } from './enter-for-agent.js';

interface Access {
  readonly room: Room;
  readonly agent: RoomAgent;
}

async function enterToEnd(context: CommandContext, input: AgentControlInput): Promise<Access> {
  const { room, agent, standing } = await enterForAgent(context, input);
  enforce(mayEndPresence(context.caller, standing, { id: agent.agentId, ownerId: agent.ownerId }));
  return { room, agent };
}

/** The agent leaves the room now. Its owner ends the agent's session with it, in whatever rooms that is. */
@CommandHandler('agent.disconnect', AgentControlBody)
export class DisconnectAgent implements Command<'agent.disconnect', Access> {
  constructor(
    private readonly departures: AgentDepartures,
    private readonly bus: Bus,
  ) {}

  authorise = enterToEnd;

  async run(
    { tx, caller }: CommandContext,
    _input: AgentControlInput,
    { room, agent }: Access,
  ): Promise<{ agent_id: string }> {
    const departure = { agentId: agent.agentId, reason: 'disconnected' } as const;
    const { sessions } = await this.departures.leave(tx, room, [departure], actorOf(caller));
    const owned = caller.id === agent.ownerId;
    for (const session_id of owned ? sessions : []) {
      noticeAfterCommit(tx, this.bus, { session_id, code: 'REVOKED' });
    }
    return { agent_id: agent.agentId };
  }
}

/** The agent leaves the room and is forgotten there. */
@CommandHandler('agent.unregister', AgentControlBody)
export class UnregisterAgent implements Command<'agent.unregister', Access> {
  constructor(private readonly departures: AgentDepartures) {}

  authorise = enterToEnd;

  async run(
    { tx, caller }: CommandContext,
    _input: AgentControlInput,
    { room, agent }: Access,
  ): Promise<{ agent_id: string }> {
    const own = caller.id === agent.agentId || caller.id === agent.ownerId;
    const departure = { agentId: agent.agentId, reason: own ? ('left' as const) : ('removed' as const) };
    await this.departures.leave(tx, room, [departure], actorOf(caller));
    await forgetRoomAgent(tx, room.id, agent.agentId);
    return { agent_id: agent.agentId };
  }
}
