import { Injectable } from '@nestjs/common';
import { EventConsumer, isEvent, type LogTx, type StoredEvent, SYSTEM_ACTOR } from '@clawtank/events';
import { canAdvance } from '../domain/task-states.js';
import { listClaimsBehind } from '../persistence/claim-rows.js';
import { handOver } from './hand-over.js';
import { leaveLine, reread, stepTask } from './step-task.js';

/** Gives free what a person and their agents held in a room that they have left. */
@Injectable()
export class ReleaseDeparted extends EventConsumer {
  readonly consumer = 'task-departures';
  readonly streams = 'room';

  async handle(tx: LogTx, event: StoredEvent): Promise<void> {
    if (!isEvent(event, 'room.member_left') || event.room_id === undefined) return;
    for (const taskId of await listClaimsBehind(tx, event.room_id, event.data.user_id)) {
      const found = await reread(tx, taskId);
      const task = found.blockers.paths ? await leaveLine(tx, found, SYSTEM_ACTOR) : found;
      if (!canAdvance(task, 'release')) continue;
      const note = await handOver(tx, task, 'released');
      const step = { trigger: 'release', change: 'released', actor: SYSTEM_ACTOR } as const;
      await stepTask(tx, task, { ...step, patch: { note }, extras: { note } });
    }
  }
}
