import type { Caller } from '@clawtank/commands';
import type { Actor } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { LogTx } from '@clawtank/events';
import type { Room } from '@clawtank/rooms';
import type { CredentialClaim, LiveClaim, Task, Trespass } from '../domain/task.js';

/**
 * The claim that a git credential belongs to.
 * @returns undefined when no claim of the room has that username and password; an ended claim has `current: false`
 */
export async function findClaimCredential(
  _tx: Tx,
  _credential: { readonly roomId: string; readonly username: string; readonly password: string },
): Promise<CredentialClaim | undefined> {
  throw new Error('not built yet');
}

/** True while this very claim holds the task. */
export async function isClaimCurrent(_tx: Tx, _taskId: string, _fence: number): Promise<boolean> {
  throw new Error('not built yet');
}

/** Every live claim of a room, oldest first. */
export async function liveClaims(_tx: Tx, _roomId: string): Promise<readonly LiveClaim[]> {
  throw new Error('not built yet');
}

/** A task, whatever its state; undefined when there is none. */
export async function findTask(_tx: Tx, _taskId: string): Promise<Task | undefined> {
  throw new Error('not built yet');
}

/**
 * The task, if the caller holds it at that fence.
 * @throws claim.stale (STALE_CLAIM) for an old fence, task.not_found, task.not_yours (FORBIDDEN)
 */
export async function requireFence(_tx: Tx, _caller: Caller, _taskId: string, _fence: number): Promise<Task> {
  throw new Error('not built yet');
}

/** Notes that a claim's branch has pushed work: the task's next claim forks from it. Renews the claim's lease. */
export async function markPushed(_tx: Tx, _taskId: string, _fence: number): Promise<void> {
  throw new Error('not built yet');
}

/**
 * Adds the paths that a push really touched to the claim's leases. Paths that another task holds are flagged
 * and never become a second exclusive lease. Appends `task.lease` when something is new. The room must be locked.
 * @param paths as they stand in the tree, relative to its root
 * @returns the trespasses that were not flagged before
 */
export async function widenLeases(
  _tx: LogTx,
  _claim: { readonly room: Room; readonly taskId: string; readonly fence: number },
  _paths: readonly string[],
  _actor: Actor,
): Promise<readonly Trespass[]> {
  throw new Error('not built yet');
}
