import type { Actor, LeaseView, TaskChange } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { enforce } from '@clawtank/kernel';
import type { Room } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import { meetings } from '../domain/lease-overlap.js';
import type { Claimant, Task } from '../domain/task.js';
import { mayBeClaimed } from '../domain/task-policies.js';
import { advance, NO_FACTS } from '../domain/task-states.js';
import { insertClaim, takeOpenTask } from '../persistence/claim-rows.js';
import { insertLeases, leaseView, listLeases } from '../persistence/lease-rows.js';
import { announceUpdate } from './announce-update.js';
import { reread } from './step-task.js';

export interface Taking {
  readonly room: Room;
  readonly task: Task;
  readonly claimant: Claimant;
  /** Sound patterns to lease. */
  readonly patterns: readonly string[];
  readonly trigger: 'claim' | 'assign';
  readonly actor: Actor;
  /** Refuses a claimant that can't take on a task; asked only when the task itself is free. */
  readonly check: () => Promise<void>;
}

export interface Taken {
  readonly task: Task;
  readonly fence: number;
  readonly leases: readonly LeaseView[];
  /** Where the leases meet others', in a room that only warns. */
  readonly warnings: readonly string[];
}

const CHANGES: Record<Taking['trigger'], TaskChange> = { claim: 'claimed', assign: 'assigned' };

/**
 * Makes a claim: a new fence, a branch of its own, leases on paths. The room must be locked.
 * @throws task.taken, task.blocked, task.closed, paths.leased
 */
export async function takeTask(tx: LogTx, taking: Taking): Promise<Taken> {
  const { room, task, claimant, trigger, actor } = taking;
  enforce(mayBeClaimed(task));
  await taking.check();
  advance(task.status, trigger, NO_FACTS);
  const fence = await takeOpenTask(tx, task.id);
  if (fence === undefined) {
    enforce(mayBeClaimed(await reread(tx, task.id)));
    throw fail('task.illegal_step', { from: task.status, step: trigger });
  }
  await insertClaim(tx, {
    taskId: task.id,
    roomId: room.id,
    fence,
    claimant,
    branch: `clawtank/${task.key}/${String(fence)}`,
    baseBranch: task.keptBranch ?? room.repository.defaultBranch,
    leaseSeconds: room.settings.claim_lease_seconds,
  });
  const after = await reread(tx, task.id);
  announceUpdate(tx, task, after, { change: CHANGES[trigger], actor });
  return { task: after, fence, ...(await leasePaths(tx, room, after, taking.patterns, actor)) };
}

/**
 * Takes leases for the task's live claim, by the room's policy, and announces them. The room must be locked.
 * @throws paths.leased, naming who holds what, in a room that refuses overlaps
 */
export async function leasePaths(
  tx: LogTx,
  room: Room,
  task: Task,
  patterns: readonly string[],
  actor: Actor,
): Promise<Pick<Taken, 'leases' | 'warnings'>> {
  const met = meetings(patterns, await listLeases(tx, room.id), task.id);
  if (met.length > 0 && room.settings.lease_policy === 'refuse')
    throw fail('paths.leased', {
      conflicts: met.map(({ pattern, lease }) => ({
        pattern,
        held_pattern: lease.pattern,
        task_key: lease.task_key,
        holder: lease.holder,
      })),
    });
  const shared = new Set(met.map(({ pattern }) => pattern));
  const claim = { taskId: task.id, fence: task.claim?.fence ?? 0, roomId: room.id, source: 'claim' as const };
  await insertLeases(tx, { ...claim, exclusive: true, patterns: patterns.filter((p) => !shared.has(p)) });
  await insertLeases(tx, { ...claim, exclusive: false, patterns: [...shared] });
  if (patterns.length > 0)
    tx.appendToRoom(room.id, {
      type: 'task.lease',
      actor,
      data: { task_id: task.id, key: task.key, patterns, source: 'claim', trespass: [] },
    });
  return {
    leases: (await listLeases(tx, room.id, task.id)).map(leaseView),
    warnings: met.map(
      ({ pattern, lease }) =>
        `${pattern} meets ${lease.pattern}, which ${lease.holder.name} holds for ${lease.task_key}.`,
    ),
  };
}
