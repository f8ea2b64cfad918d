import { Injectable } from '@nestjs/common';
import type { LogTx } from '@clawtank/events';
import { ClaimClock } from '@clawtank/rooms';
import { clockRuns } from '../domain/task-states.js';
import { holdClock, renewLease, setClock } from '../persistence/claim-rows.js';
import { findTask } from '../persistence/task-rows.js';

/** The clocks of claims, for the heartbeats and questions of agents. */
@Injectable()
export class TaskClaimClock extends ClaimClock {
  renew(tx: LogTx, agentId: string, taskId: string, fence: number): Promise<Date | null> {
    return renewLease(tx, taskId, fence, agentId);
  }

  async hold(tx: LogTx, taskId: string, why: string): Promise<void> {
    await holdClock(tx, taskId, why);
  }

  async release(tx: LogTx, taskId: string): Promise<void> {
    const task = await findTask(tx, taskId);
    if (task && (await holdClock(tx, taskId, null)))
      await setClock(tx, taskId, clockRuns(task.status, false));
  }
}
