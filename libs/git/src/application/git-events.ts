import { Injectable } from '@nestjs/common';
import { EventConsumer, isEvent, type LogTx, type StoredEvent, SYSTEM_ACTOR } from '@clawtank/events';
import type { TaskChange } from '@clawtank/contracts';
import { findOpenPullRequest } from '../persistence/pull-requests.js';
import { wantCheck } from '../persistence/repositories.js';
import { closeRequest } from './close-request.js';
import { GitSweep } from './git-sweep.js';

/** After these nobody works on the claim's branch any more; the next claim has another branch. */
const ENDS_WORK: ReadonlySet<TaskChange> = new Set(['released', 'expired', 'cancelled']);

/** What git does about the rest of the room: sets up repositories, follows claims that end. */
@Injectable()
export class GitEvents extends EventConsumer {
  readonly consumer = 'git';
  readonly streams = 'room';

  constructor(private readonly sweep: GitSweep) {
    super();
  }

  async handle(tx: LogTx, event: StoredEvent): Promise<void> {
    const roomId = event.room_id;
    if (roomId === undefined) return;
    const setupRetried = isEvent(event, 'room.settings_changed') && event.data.setup_error === null;
    if (event.type === 'room.created' || setupRetried) tx.afterCommit(() => this.sweep.wake());
    if (!isEvent(event, 'task.update')) return;
    const { change, task_id: taskId } = event.data;
    if (ENDS_WORK.has(change)) {
      const request = await findOpenPullRequest(tx, roomId, { taskId });
      if (request) await closeRequest(tx, request, SYSTEM_ACTOR);
    }
    if (ENDS_WORK.has(change) || change === 'completed' || change === 'claimed' || change === 'assigned') {
      await wantCheck(tx, roomId);
      tx.afterCommit(() => this.sweep.wake());
    }
  }
}
