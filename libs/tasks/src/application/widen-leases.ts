import type { Actor } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { touched } from '../domain/lease-overlap.js';
import type { Trespass } from '../domain/task.js';
import { liveClaimOf } from '../domain/task.js';
import { insertLeases, listLeases } from '../persistence/lease-rows.js';
import { findTask } from '../persistence/task-rows.js';

/** A push of more than this is looked at in part: the room's lock is held meanwhile. */
const MAX_PATHS = 2_000;

/**
 * Adds the paths that a push really touched to the claim's leases. Paths that another task holds are flagged
 * and never become a second exclusive lease. Appends `task.lease` when something is new; a claim that has ended
 * gets nothing. The room must be locked.
 * @param paths as they stand in the tree, relative to its root
 * @returns the trespasses that were not flagged before
 */
export async function widenLeases(
  tx: LogTx,
  { taskId, fence }: { readonly taskId: string; readonly fence: number },
  paths: readonly string[],
  actor: Actor,
): Promise<readonly Trespass[]> {
  const task = await findTask(tx, taskId);
  if (!task || liveClaimOf(task)?.fence !== fence) return [];
  const { uncovered, trespasses } = touched(
    paths.slice(0, MAX_PATHS),
    (await listLeases(tx, task.roomId)).filter(({ source }) => source !== 'inferred'),
    taskId,
  );
  if (uncovered.length === 0) return [];
  const foreign = new Set(trespasses.map(({ pattern }) => pattern));
  const leases = { taskId, fence, roomId: task.roomId, source: 'push' as const };
  await insertLeases(tx, { ...leases, exclusive: true, patterns: uncovered.filter((p) => !foreign.has(p)) });
  await insertLeases(tx, { ...leases, exclusive: false, patterns: [...foreign] });
  const flagged = trespasses.map(({ lease }) => ({
    task_id: lease.task_id,
    key: lease.task_key,
    pattern: lease.pattern,
  }));
  const trespass = [...new Map(flagged.map((entry) => [`${entry.key} ${entry.pattern}`, entry])).values()];
  tx.appendToRoom(task.roomId, {
    type: 'task.lease',
    actor,
    data: { task_id: taskId, key: task.key, patterns: uncovered, source: 'push', trespass },
  });
  return trespass;
}
