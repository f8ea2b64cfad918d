import { Injectable } from '@nestjs/common';
import { EventConsumer, isEvent, type LogTx, type StoredEvent } from '@clawtank/events';
import { saveXp } from '../persistence/matching-rows.js';

/** Keeps what the log tells of agents' XP, for rooms that give those who have more of it a head start. */
@Injectable()
export class AgentStandings extends EventConsumer {
  readonly consumer = 'task-standings';
  readonly streams = 'room';

  async handle(tx: LogTx, event: StoredEvent): Promise<void> {
    if (!isEvent(event, 'reputation.xp') || event.data.subject.kind !== 'agent') return;
    await saveXp(tx, event.data.subject.id, event.data.total, event.at);
  }
}
