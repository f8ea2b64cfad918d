import type { Caller } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import type { LogTx } from '@clawtank/events';
import { enforce } from '@clawtank/kernel';
import { enterRoom, mayTakeWork, type Room } from '@clawtank/rooms';
import { liveClaimOf, requireFence, type Task } from '@clawtank/tasks';
import { fail } from '../domain/failures.js';
import { branchRef } from '../domain/ref-names.js';
import { findRepository, type Repository } from '../persistence/repositories.js';

/** A claim that its holder may work with now. */
export interface ClaimAccess {
  readonly room: Room;
  readonly repository: Repository;
  readonly task: Task;
  readonly branch: string;
  readonly ref: string;
  /** The branch that an earlier claim left, or the default one. */
  readonly baseBranch: string;
}

/** @throws git.not_ready until the room's repository is set up */
export async function needRepository(tx: Tx, roomId: string): Promise<Repository> {
  const repository = await findRepository(tx, roomId);
  if (repository?.state !== 'ready') throw fail('git.not_ready', {});
  return repository;
}

/**
 * Locks the room for the holder of a claim. @throws room.not_found, room.on_hold and the other reasons for which
 * a room takes no work, git.not_ready, and STALE_CLAIM for an old fence
 */
export async function enterWithClaim(
  tx: LogTx,
  caller: Caller,
  input: { readonly room_id: string; readonly task_id: string; readonly fence: number },
): Promise<ClaimAccess> {
  const { room } = await enterRoom(tx, caller, input.room_id);
  enforce(mayTakeWork(room));
  const repository = await needRepository(tx, room.id);
  const task = await requireFence(tx, caller, input.task_id, input.fence);
  const claim = liveClaimOf(task);
  if (task.roomId !== room.id || !claim) throw fail('git.not_found', { what: 'task' });
  if (task.blockers.paths) throw fail('git.waits_for_paths', { key: task.key });
  const { branch, baseBranch } = claim;
  return { room, repository, task, branch, baseBranch, ref: branchRef(branch) };
}
