import type { AgentStatusInput, Signal } from '@clawtank/contracts';
import { roomStream } from '@clawtank/contracts';
import { agentView, findAgent } from '@clawtank/auth';
import { actorOf, type Caller, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { Bus, type LogTx } from '@clawtank/events';
import { invariant } from '@clawtank/kernel';
import { fail } from '../../domain/failures.js';
import { newCapabilities, newsOf, type StatusNews } from '../../domain/status-news.js';
import type { Room } from '../../domain/room.js';
import { RoomsConfig } from '../../rooms.config.js';
import { noteSeen } from '../../persistence/heartbeats.js';
import { connectedAgents } from '../../persistence/presence.js';
import {
  findRoomAgent,
  type ReportedStatus,
  type RoomAgent,
  roomsOfAgent,
  saveStatus,
} from '../../persistence/room-agents.js';
import { enterRoom } from '../access.js';
import { AgentStatusBody } from '../inputs/agent-inputs.js';
import { SystemLine } from '../ports.js';
import { signalAfterCommit } from '../session-notices.js';
import { triggerRoom } from '../trigger-room.js';

interface News {
  readonly news: StatusNews;
  readonly skills: readonly string[] | null;
}

interface Access {
  readonly room: Room;
  readonly agent: RoomAgent;
}

/** What an agent says of itself. Its first `ready` makes it present, for its room and for everybody in it. */
@CommandHandler('agent.status', AgentStatusBody)
export class ReportStatus implements Command<'agent.status', Access> {
  constructor(
    private readonly config: RoomsConfig,
    private readonly systemLine: SystemLine,
    private readonly bus: Bus,
  ) {}

  async authorise({ tx, caller }: CommandContext, input: AgentStatusInput): Promise<Access> {
    if (caller.kind !== 'agent') throw fail('agent.not_an_agent', {});
    const { room } = await enterRoom(tx, caller, input.room_id ?? (await onlyRoomOf(tx, caller)));
    const agent = await findRoomAgent(tx, room.id, caller.id);
    if (!agent || agent.left) throw fail('agent.not_registered', {});
    return { room, agent };
  }

  async run(
    { tx, caller }: CommandContext,
    input: AgentStatusInput,
    { room, agent }: Access,
  ): Promise<{ agent_id: string; room_id: string }> {
    const reported = toReported(input);
    if (!agent.joined && reported.status !== 'ready') throw fail('agent.not_ready', {});
    await saveStatus(tx, room.id, caller.id, reported);
    await noteSeen(tx, caller.id, this.config.silenceSeconds);
    if (!agent.joined) await this.announce(tx, room, caller);
    this.tell(tx, room, caller, reported, {
      news: newsOf(agent, reported),
      skills: newCapabilities(agent, reported),
    });
    return { agent_id: caller.id, room_id: room.id };
  }

  private async announce(tx: LogTx, room: Room, caller: Caller): Promise<void> {
    const row = await findAgent(tx, caller.id);
    const present = (await connectedAgents(tx, room.id)).find(({ agentId }) => agentId === caller.id);
    invariant(row && present, 'an agent that has just joined is present');
    const { capabilities, languages, model, maxConcurrentTasks, paused, autonomy } = present;
    const data = {
      agent: agentView(row),
      capabilities,
      languages,
      model,
      max_concurrent_tasks: maxConcurrentTasks,
      ...(paused ? { paused } : {}),
      ...(autonomy === null ? {} : { autonomy }),
    };
    tx.appendToRoom(room.id, { type: 'agent.joined', actor: actorOf(caller), data });
    await this.systemLine.say(tx, room.id, `${caller.name} (${model}) joined the room.`);
    await triggerRoom(tx, room, 'agents_changed', actorOf(caller));
  }

  private tell(
    tx: LogTx,
    room: Room,
    caller: Caller,
    reported: ReportedStatus,
    { news, skills }: News,
  ): void {
    const { status, taskId, detail, progress } = reported;
    if (news === 'event') {
      const told = { agent_id: caller.id, status, task_id: taskId, detail, progress };
      const data = skills ? { ...told, capabilities: skills } : told;
      tx.appendToRoom(room.id, { type: 'agent.status', actor: actorOf(caller), data });
    }
    if (news === 'signal')
      signalAfterCommit(tx, this.bus, roomStream(room.id), progressOf(room, caller, reported));
  }
}

const progressOf = (room: Room, caller: Caller, { taskId, progress }: ReportedStatus): Signal => ({
  type: 'agent.progress',
  room_id: room.id,
  agent_id: caller.id,
  task_id: taskId,
  progress: progress ?? 0,
});

const toReported = (input: AgentStatusInput): ReportedStatus => ({
  status: input.status,
  taskId: input.task_id ?? null,
  detail: input.detail ?? null,
  progress: input.progress ?? null,
  capabilities: input.capabilities ?? null,
});

async function onlyRoomOf(tx: LogTx, caller: Caller): Promise<string> {
  const rooms = await roomsOfAgent(tx, caller.id);
  if (rooms.length === 0) throw fail('agent.not_registered', {});
  if (!rooms[0] || rooms.length > 1) throw fail('agent.room_needed', { rooms: rooms.length });
  return rooms[0];
}
