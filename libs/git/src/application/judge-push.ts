import { Injectable } from '@nestjs/common';
import { type LogTx, UnitOfWork } from '@clawtank/events';
import type { Verdict } from '@clawtank/kernel';
import { lockRoomById, mayTakeWork } from '@clawtank/rooms';
import { findTask, isClaimCurrent } from '@clawtank/tasks';
import { deny } from '../domain/failures.js';
import { judgePush, type PushGrant, type RefUpdate } from '../domain/push-policy.js';
import { branchRef } from '../domain/ref-names.js';
import { openIntent } from '../persistence/intents.js';
import { findOpenPullRequest } from '../persistence/pull-requests.js';
import { findRepository } from '../persistence/repositories.js';
import type { GitUser } from './git-user.js';

/**
 * Judges a push when its objects have arrived and nothing has moved yet: the claim may have ended since the
 * credential was checked. What is let through is written down first, so that it is attributed even if this
 * process does not live to see it.
 */
@Injectable()
export class JudgePush {
  constructor(private readonly work: UnitOfWork) {}

  run(user: GitUser, pushId: string, updates: readonly RefUpdate[]): Promise<readonly Verdict[]> {
    return this.work.run((tx) => judge(tx, user, pushId, updates));
  }
}

async function judge(
  tx: LogTx,
  user: GitUser,
  pushId: string,
  updates: readonly RefUpdate[],
): Promise<readonly Verdict[]> {
  const verdicts = await verdictsOf(tx, user, updates);
  if (!verdicts.every(({ allowed }) => allowed)) return verdicts;
  const claim = user.kind === 'claim' ? user.claim : undefined;
  const payload = {
    actor: user.actor,
    taskId: claim?.taskId ?? null,
    fence: claim?.fence ?? null,
    updates: updates.map((update) => ({ ref: update.ref, sha: update.new })),
  };
  await openIntent(tx, { roomId: user.roomId, kind: 'push', subject: pushId, payload });
  return verdicts;
}

async function verdictsOf(
  tx: LogTx,
  user: GitUser,
  updates: readonly RefUpdate[],
): Promise<readonly Verdict[]> {
  const grant = await grantOf(tx, user);
  if (!('kind' in grant)) return updates.map(() => grant);
  return judgePush(updates, grant).map(({ verdict }) => verdict);
}

/** What the user may push at this moment, or why nothing. */
async function grantOf(tx: LogTx, user: GitUser): Promise<PushGrant | Verdict> {
  const room = await lockRoomById(tx, user.roomId);
  const repository = await findRepository(tx, user.roomId);
  if (!room || !repository) return deny('git.not_found', { what: 'repository' });
  if (user.kind === 'reader') return deny('git.read_only', {});
  if (user.kind === 'setup')
    return room.state === 'initializing' ? { kind: 'setup' } : deny('git.read_only', {});
  const may = mayTakeWork(room);
  if (!may.allowed) return may;
  const { taskId, fence, branch } = user.claim;
  if (!(await isClaimCurrent(tx, taskId, fence))) return deny('git.stale_claim', {});
  const task = await findTask(tx, taskId);
  const request = await findOpenPullRequest(tx, user.roomId, { branch });
  return {
    kind: 'claim',
    allowedRef: branchRef(branch),
    defaultRef: repository.defaultRef,
    beforeReview: !request && task?.status !== 'review',
  };
}
