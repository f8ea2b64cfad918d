import { Injectable } from '@nestjs/common';
import type { LogTx } from '@clawtank/events';
import { ClaimClock, keyOfClaim, type NamedClaim } from '@clawtank/rooms';
import { clockRuns } from '../domain/task-states.js';
import { holdClock, renewLeases, setClock } from '../persistence/claim-rows.js';
import { findTask } from '../persistence/task-rows.js';

/** The clocks of claims, for the heartbeats and questions of agents. */
@Injectable()
export class TaskClaimClock extends ClaimClock {
  async renewAll(tx: LogTx, claims: readonly NamedClaim[]): Promise<ReadonlyMap<string, Date>> {
    const leases = await renewLeases(tx, claims);
    return new Map(leases.map((lease) => [keyOfClaim(lease), lease.endsAt]));
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
