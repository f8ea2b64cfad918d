import { Injectable } from '@nestjs/common';
import { Database, type RecurringJob } from '@clawtank/database';
import { SYSTEM_ACTOR, UnitOfWork } from '@clawtank/events';
import { listOverdue, lockOverdue } from '../persistence/claim-rows.js';
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
    return [{ name: 'tasks.expire-leases', everySeconds: EVERY_SECONDS, run: () => this.expireLeases() }];
  }

  /** Takes back every claim whose lease has run out; the deadline is checked again under the locks. */
  async expireLeases(): Promise<void> {
    for (const { task_id: taskId, room_id: roomId } of await listOverdue(this.database)) {
      await this.work.run(async (tx) => {
        if (!(await tx.lockRoom(roomId)) || !(await lockOverdue(tx, taskId))) return;
        const task = await reread(tx, taskId);
        await stepTask(tx, task, { trigger: 'expire', change: 'expired', actor: SYSTEM_ACTOR });
      });
    }
  }
}
