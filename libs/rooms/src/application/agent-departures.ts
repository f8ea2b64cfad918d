import { Injectable } from '@nestjs/common';
import type { Actor, EventMap } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import type { Room } from '../domain/room.js';
import { hasOpenQuestion, lapseQuestions } from '../persistence/questions.js';
import { markLeft } from '../persistence/room-agents.js';
import { ClaimClock } from './ports.js';
import { triggerRoom } from './trigger-room.js';

export interface Departure {
  readonly agentId: string;
  readonly reason: EventMap['agent.left']['reason'];
}

/** Ends the presence of agents: their claims stay, their questions lapse, the room moves. */
@Injectable()
export class AgentDepartures {
  constructor(private readonly clock: ClaimClock) {}

  /**
   * @param room locked by this transaction
   * @returns the room as it is afterwards, and the sessions that the agents had
   */
  async leave(
    tx: LogTx,
    room: Room,
    departures: readonly Departure[],
    actor: Actor,
  ): Promise<{ room: Room; sessions: readonly string[] }> {
    const ids = departures.map(({ agentId }) => agentId);
    const gone = await markLeft(tx, room.id, ids);
    for (const { agentId, reason } of departures) {
      // One that never said it was ready was never announced either.
      if (!gone.some((agent) => agent.agentId === agentId && agent.joined)) continue;
      tx.appendToRoom(room.id, { type: 'agent.left', actor, data: { agent_id: agentId, reason } });
    }
    await this.lapse(tx, room.id, ids);
    const after = gone.length > 0 ? await triggerRoom(tx, room, 'agents_changed') : room;
    return { room: after, sessions: gone.flatMap(({ sessionId }) => sessionId ?? []) };
  }

  /** A claim must not stand still for ever because the one who asked has left. */
  private async lapse(tx: LogTx, roomId: string, agentIds: readonly string[]): Promise<void> {
    for (const taskId of await lapseQuestions(tx, roomId, agentIds)) {
      if (!(await hasOpenQuestion(tx, taskId))) await this.clock.release(tx, taskId);
    }
  }
}
