import { Injectable } from '@nestjs/common';
import { type LogTx, UnitOfWork } from '@clawtank/events';
import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { lockRoomById, mayTakeWork } from '@clawtank/rooms';
import { findTask, isClaimCurrent } from '@clawtank/tasks';
import { deny } from '../domain/failures.js';
import { judgePush, type PushGrant, type RefUpdate } from '../domain/push-policy.js';
import { branchRef } from '../domain/ref-names.js';
import { openIntent } from '../persistence/intents.js';
import { findOpenPullRequest } from '../persistence/pull-requests.js';
import { findRepository } from '../persistence/repositories.js';
import { askFirst } from './ask-first.js';
import type { GitUser } from './git-user.js';
import { tellRefusal } from './tell-refusal.js';

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
  if (!verdicts.every(({ allowed }) => allowed)) {
    await tellOf(tx, user, updates, verdicts);
    return verdicts;
  }
  const claim = user.kind === 'claim' ? user.claim : undefined;
  const payload = {
    actor: user.actor,
    taskId: claim?.taskId ?? null,
    fence: claim?.fence ?? null,
    updates: updates.map((update) => ({ ref: update.ref, from: update.old, sha: update.new })),
  };
  await openIntent(tx, { roomId: user.roomId, kind: 'push', subject: pushId, payload });
  return verdicts;
}

async function tellOf(
  tx: LogTx,
  user: GitUser,
  updates: readonly RefUpdate[],
  verdicts: readonly Verdict[],
): Promise<void> {
  if (user.kind !== 'claim') return;
  for (const [index, verdict] of verdicts.entries()) {
    const ref = updates[index]?.ref;
    if (!verdict.allowed && ref !== undefined) await tellRefusal(tx, user, ref, verdict.because);
  }
}

async function verdictsOf(
  tx: LogTx,
  user: GitUser,
  updates: readonly RefUpdate[],
): Promise<readonly Verdict[]> {
  const grant = await grantOf(tx, user);
  if (!('kind' in grant)) return updates.map(() => grant);
  const verdicts = judgePush(updates, grant).map(({ verdict }) => verdict);
  const word = verdicts.every(({ allowed }) => allowed) ? await askToPush(tx, user, updates) : ALLOWED;
  return word.allowed ? verdicts : updates.map(() => word);
}

/** The commits are looked at before anything moves; the same push again goes through once it was granted. */
async function askToPush(tx: LogTx, user: GitUser, updates: readonly RefUpdate[]): Promise<Verdict> {
  const [update] = updates;
  const room = user.kind === 'claim' ? await lockRoomById(tx, user.roomId) : undefined;
  if (!room || !update || user.kind !== 'claim') return ALLOWED;
  const { taskId, key, claimant } = user.claim;
  return askFirst(tx, room, claimant, {
    kind: 'commit',
    taskId,
    subject: update.new,
    detail: `${key}: push ${update.new.slice(0, 10)} to ${update.ref}`,
  });
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
  if (task?.blockers.paths) return deny('git.waits_for_paths', { key: task.key });
  const request = await findOpenPullRequest(tx, user.roomId, { branch });
  return {
    kind: 'claim',
    allowedRef: branchRef(branch),
    defaultRef: repository.defaultRef,
    beforeReview: !request && task?.status !== 'review',
  };
}
