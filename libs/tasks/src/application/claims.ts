import { findAgent } from '@clawtank/auth';
import type { Caller } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import { enforce, Failure } from '@clawtank/kernel';
import { viewRoom } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import type { Claimant, CredentialClaim, LiveClaim, Task } from '../domain/task.js';
import { liveClaimOf } from '../domain/task.js';
import { mayStep } from '../domain/task-policies.js';
import { findNumberedClaim, keepBranch, renewLease } from '../persistence/claim-rows.js';
import { findTask as readTask, listTasks } from '../persistence/task-rows.js';
import { parseUsername, passwordFits } from './credentials.js';

/**
 * The claim that a git credential belongs to.
 * @returns undefined when no claim of the room has that username and password; `current: false` once the claim
 *   has ended, or its holder has left the room or was deleted
 */
export async function findClaimCredential(
  tx: Tx,
  credential: { readonly roomId: string; readonly username: string; readonly password: string },
): Promise<CredentialClaim | undefined> {
  const named = parseUsername(credential.username);
  if (!named) return undefined;
  const claim = await findNumberedClaim(tx, credential.roomId, named.number, named.fence);
  if (!claim?.credentialHash || !passwordFits(credential.password, claim.credentialHash)) return undefined;
  return {
    taskId: claim.taskId,
    key: `T-${String(named.number)}`,
    fence: named.fence,
    branch: claim.branch,
    claimant: claim.claimant,
    current: claim.live && (await stillWorksIn(tx, claim.claimant, credential.roomId)),
  };
}

/** Being removed from a room ends a credential at once, before the claim itself is taken back. */
async function stillWorksIn(tx: Tx, claimant: Claimant, roomId: string): Promise<boolean> {
  if (claimant.kind === 'agent' && !(await findAgent(tx, claimant.id))) return false;
  const caller: Caller = { ...claimant, isAdmin: false, sessionId: null, address: '' };
  try {
    const { standing } = await viewRoom(tx, caller, roomId);
    return standing !== 'stranger' && standing !== 'spectator';
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** True while this very claim holds the task. */
export async function isClaimCurrent(tx: Tx, taskId: string, fence: number): Promise<boolean> {
  const task = await readTask(tx, taskId);
  return task !== undefined && liveClaimOf(task)?.fence === fence;
}

/** Every live claim of a room, by the number of its task. */
export async function liveClaims(tx: Tx, roomId: string): Promise<readonly LiveClaim[]> {
  const tasks = await listTasks(tx, roomId, { held: true });
  return tasks.flatMap((task) => {
    const claim = liveClaimOf(task);
    const { id: taskId, key, status, pullRequest } = task;
    return claim ? [{ ...claim, taskId, key, status, pullRequest }] : [];
  });
}

/** A task, whatever its state; undefined when there is none. */
export async function findTask(tx: Tx, taskId: string): Promise<Task | undefined> {
  return readTask(tx, taskId);
}

/**
 * The task, if the caller holds it at that fence.
 * @throws claim.stale (STALE_CLAIM) for an old fence, task.not_found, task.not_yours (FORBIDDEN)
 */
export async function requireFence(
  tx: Tx,
  caller: Pick<Caller, 'id'>,
  taskId: string,
  fence: number,
): Promise<Task> {
  const task = await readTask(tx, taskId);
  if (!task) throw fail('task.not_found', {});
  enforce(mayStep(task, caller, fence));
  return task;
}

/** Notes that a claim's branch has pushed work: the task's next claim forks from it. Renews the claim's lease. */
export async function markPushed(tx: Tx, taskId: string, fence: number): Promise<void> {
  await keepBranch(tx, taskId, fence);
  await renewLease(tx, taskId, fence);
}
