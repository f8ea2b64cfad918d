import { Injectable } from '@nestjs/common';
import { Database, type RecurringJob } from '@clawtank/database';
import { SYSTEM_ACTOR, UnitOfWork } from '@clawtank/events';
import { listOverdue, lockOverdue } from '../persistence/claim-rows.js';
import { lockRoomById } from '@clawtank/rooms';
import { roomsWithOffersDue } from '../persistence/matching-rows.js';
import { handOver } from './hand-over.js';
import { offerOpenTasks } from './offer-tasks.js';
import { reread, stepTask } from './step-task.js';

const EVERY_SECONDS = 5;

/** The recurring jobs of tasks. */
@Injectable()
export class TaskJobs {
  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
  ) {}

  jobs(): readonly RecurringJob[] {
    return [
      { name: 'tasks.expire-leases', everySeconds: EVERY_SECONDS, run: () => this.expireLeases() },
      { name: 'tasks.widen-offers', everySeconds: EVERY_SECONDS, run: () => this.widenOffers() },
    ];
  }

  /** Asks more agents about tasks that nobody took in time; who is to be asked is found anew under the lock. */
  async widenOffers(): Promise<void> {
    for (const roomId of await roomsWithOffersDue(this.database)) {
      await this.work.run(async (tx) => {
        const room = await lockRoomById(tx, roomId);
        if (room) await offerOpenTasks(tx, room);
      });
    }
  }

  /** Takes back every claim whose lease has run out; the deadline is checked again under the locks. */
  async expireLeases(): Promise<void> {
    for (const { task_id: taskId, room_id: roomId } of await listOverdue(this.database)) {
      await this.work.run(async (tx) => {
        if (!(await tx.lockRoom(roomId)) || !(await lockOverdue(tx, taskId))) return;
        const task = await reread(tx, taskId);
        const note = await handOver(tx, task, 'expired');
        const step = { trigger: 'expire', change: 'expired', actor: SYSTEM_ACTOR } as const;
        await stepTask(tx, task, { ...step, patch: { note }, extras: { note } });
      });
    }
  }
}
