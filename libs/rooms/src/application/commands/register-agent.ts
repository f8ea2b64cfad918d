import type { AgentRegisterInput, RoomSnapshot } from '@clawtank/contracts';
import { type Caller, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { Bus, type LogTx } from '@clawtank/events';
import { enforce } from '@clawtank/kernel';
import { mayRegister } from '../../domain/agent-policies.js';
import { fail } from '../../domain/failures.js';
import type { Room, RoomAccess } from '../../domain/room.js';
import { RoomsConfig } from '../../rooms.config.js';
import { noteSeen } from '../../persistence/heartbeats.js';
import { countOtherAgents, findRoomAgent, saveRegistration } from '../../persistence/room-agents.js';
import { enterRoom } from '../access.js';
import { AgentRegisterBody } from '../inputs/agent-inputs.js';
import { RoomSnapshots } from '../room-snapshots.js';
import { noticeAfterCommit } from '../session-notices.js';

/** Brings an agent into a room of its owner. Nobody is told before its first `ready`. */
@CommandHandler('agent.register', AgentRegisterBody)
export class RegisterAgent implements Command<'agent.register', RoomAccess> {
  constructor(
    private readonly config: RoomsConfig,
    private readonly snapshots: RoomSnapshots,
    private readonly bus: Bus,
  ) {}

  authorise({ tx, caller }: CommandContext, input: AgentRegisterInput): Promise<RoomAccess> {
    if (caller.kind !== 'agent') throw fail('agent.not_an_agent', {});
    return enterRoom(tx, caller, input.room_id);
  }

  async run(
    { tx, caller }: CommandContext,
    input: AgentRegisterInput,
    { room }: RoomAccess,
  ): Promise<{ agent_id: string; room_state: RoomSnapshot }> {
    enforce(mayRegister(caller, room, input.owner, await countOtherAgents(tx, room.id, caller.id)));
    await this.supersede(tx, room, caller);
    await saveRegistration(tx, room.id, caller.id, {
      sessionId: caller.sessionId,
      model: input.model,
      capabilities: input.capabilities,
      languages: input.languages ?? [],
      maxConcurrentTasks: input.max_concurrent_tasks ?? 1,
    });
    await noteSeen(tx, caller.id, this.config.silenceSeconds);
    return { agent_id: caller.id, room_state: await this.snapshots.read(tx, room) };
  }

  /** One live session per agent and room: the newer wins. A call without a session takes none away. */
  private async supersede(tx: LogTx, room: Room, { id, sessionId }: Caller): Promise<void> {
    const before = await findRoomAgent(tx, room.id, id);
    if (!before?.sessionId || before.left || sessionId === null || before.sessionId === sessionId) return;
    noticeAfterCommit(tx, this.bus, { session_id: before.sessionId, code: 'SUPERSEDED' });
  }
}
