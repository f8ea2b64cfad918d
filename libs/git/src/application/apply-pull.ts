import type { Actor, EventMap } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { maskSecrets, newId } from '@clawtank/kernel';
import { lockRoomById } from '@clawtank/rooms';
import { advanceTask, liveClaims } from '@clawtank/tasks';
import type { PullRequest } from '../domain/pull-request.js';
import { branchRef } from '../domain/ref-names.js';
import { mergeIsUnderWay } from '../persistence/intents.js';
import { leaveQueue } from '../persistence/merge-queue.js';
import { findPullRequest, insertPullRequest, saveReopened, saveWords } from '../persistence/pull-requests.js';
import { findKnownRef, forgetChecked } from '../persistence/refs.js';
import { findRepository, wantCheck } from '../persistence/repositories.js';
import { closeRequest } from './close-request.js';
import { concludeMerged } from './conclude-merged.js';
import type { ForgePull } from './forge.js';

/**
 * Brings what is kept of a pull request up to what its host says, in the steps that it would have taken had each been
 * heard of: opened, then merged or closed. What is known already changes nothing.
 * @param host speaks for people who are nobody here
 * @returns the pull request as it is kept now; undefined for one that belongs to no task
 */
export async function applyPull(
  tx: LogTx,
  roomId: string,
  said: ForgePull,
  host: Actor,
): Promise<PullRequest | undefined> {
  const pull = { ...said, title: maskSecrets(said.title), body: maskSecrets(said.body) };
  if (!(await lockRoomById(tx, roomId))) return undefined;
  const known = await findPullRequest(tx, roomId, pull.number);
  const request = known ?? (await takeOver(tx, roomId, pull));
  if (!request) return undefined;
  if (request.title !== pull.title || request.body !== pull.body)
    await saveWords(tx, request.id, pull.title, pull.body);
  if (pull.state === 'open' && request.state === 'closed') await reopen(tx, request, host);
  if (pull.state === 'closed' && request.state === 'open') await closeRequest(tx, request, host);
  if (pull.state === 'merged' && request.state !== 'merged') await conclude(tx, request, pull, host);
  return findPullRequest(tx, roomId, pull.number);
}

/** A pull request from the branch of a claim that holds is the work of that claim. */
async function takeOver(tx: LogTx, roomId: string, pull: ForgePull): Promise<PullRequest | undefined> {
  const { number, title, body, branch, base, headSha } = pull;
  const claim = (await liveClaims(tx, roomId)).find((one) => one.branch === branch);
  const repository = await findRepository(tx, roomId);
  if (!claim || repository?.defaultRef !== branchRef(base) || pull.state === 'closed') return undefined;
  // A fork has branches of the same names; its commits are not on ours. A merged one may be gone.
  const tip = await findKnownRef(tx, roomId, branchRef(branch));
  if (tip?.sha !== headSha && !(pull.state === 'merged' && tip)) return undefined;
  const { taskId, claimant } = claim;
  const author = { kind: claimant.kind, id: claimant.id, name: claimant.name };
  const facts = { id: newId(), roomId, title, body, branch, base, headSha, taskId, author };
  await insertPullRequest(tx, facts, number);
  await tellOpened(tx, roomId, { ...pull, taskId }, author);
  return findPullRequest(tx, roomId, number);
}

async function tellOpened(
  tx: LogTx,
  roomId: string,
  {
    number,
    title,
    branch,
    headSha,
    taskId,
  }: Pick<PullRequest, 'number' | 'title' | 'branch' | 'headSha' | 'taskId'>,
  actor: Actor,
): Promise<void> {
  const data: EventMap['git.pull_request'] = {
    number,
    action: 'opened',
    title,
    branch,
    task_id: taskId,
    head_sha: headSha,
    mergeable: 'unknown',
  };
  tx.appendToRoom(roomId, { type: 'git.pull_request', actor, data });
  // A branch that conflicts with the default one does so in the way of a pull request from now on.
  await forgetChecked(tx, roomId, branchRef(branch));
  await wantCheck(tx, roomId);
  await advanceTask(tx, taskId, 'pull_request_opened', { actor, pullRequest: number });
}

/** Only whoever still holds the task can go on with it. */
async function reopen(tx: LogTx, request: PullRequest, host: Actor): Promise<void> {
  const claims = await liveClaims(tx, request.roomId);
  if (!claims.some(({ branch, taskId }) => branch === request.branch && taskId === request.taskId)) return;
  await saveReopened(tx, request.id);
  await tellOpened(tx, request.roomId, request, host);
}

/** Our own merge writes its result itself, with the name of whoever asked for it. */
async function conclude(tx: LogTx, request: PullRequest, pull: ForgePull, host: Actor): Promise<void> {
  if (pull.mergedSha === null || (await mergeIsUnderWay(tx, request.roomId, request.number))) return;
  await leaveQueue(tx, request.id);
  await concludeMerged(tx, request, { head: pull.headSha, sha: pull.mergedSha, actor: host });
}
