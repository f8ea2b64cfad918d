import { Injectable } from '@nestjs/common';
import type { Actor, EventMap } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { enforce } from '@clawtank/kernel';
import { mayPart } from '../domain/member-policies.js';
import type { Room } from '../domain/room.js';
import { deleteMember, findRole } from '../persistence/members.js';
import { agentsOfOwner } from '../persistence/room-agents.js';
import { AgentDepartures } from './agent-departures.js';

/** Ends a person's role in a room; their agents leave with them. */
@Injectable()
export class MemberDepartures {
  constructor(private readonly agents: AgentDepartures) {}

  /**
   * @param room locked by this transaction
   * @throws member.not_found; room.host_stays
   */
  async part(
    tx: LogTx,
    room: Room,
    userId: string,
    reason: EventMap['room.member_left']['reason'],
    actor: Actor,
  ): Promise<void> {
    enforce(mayPart(await findRole(tx, room.id, userId)));
    await deleteMember(tx, room.id, userId);
    tx.appendToRoom(room.id, { type: 'room.member_left', actor, data: { user_id: userId, reason } });
    const agents = await agentsOfOwner(tx, room.id, userId);
    const left = reason === 'left' ? 'left' : 'removed';
    await this.agents.leave(
      tx,
      room,
      agents.map((agentId) => ({ agentId, reason: left })),
      actor,
    );
  }
}
