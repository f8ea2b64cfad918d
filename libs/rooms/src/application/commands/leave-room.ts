import type { RoomRef } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { RoomAccess } from '../../domain/room.js';
import { enterRoom } from '../access.js';
import { AgentDepartures } from '../agent-departures.js';
import { RoomRefBody } from '../inputs/room-inputs.js';
import { MemberDepartures } from '../member-departures.js';

/** A person gives up membership; an agent only goes, its owner stays. */
@CommandHandler('room.leave', RoomRefBody)
export class LeaveRoom implements Command<'room.leave', RoomAccess> {
  constructor(
    private readonly members: MemberDepartures,
    private readonly agents: AgentDepartures,
  ) {}

  authorise({ tx, caller }: CommandContext, input: RoomRef): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id, { standing: 'any' });
  }

  async run(
    { tx, caller }: CommandContext,
    _input: RoomRef,
    { room }: RoomAccess,
  ): Promise<{ room_id: string }> {
    const actor = actorOf(caller);
    if (caller.kind === 'agent') {
      await this.agents.leave(tx, room, [{ agentId: caller.id, reason: 'left' }], actor);
    } else {
      await this.members.part(tx, room, caller.id, 'left', actor);
    }
    return { room_id: room.id };
  }
}
