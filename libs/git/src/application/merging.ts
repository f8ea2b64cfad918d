import { Injectable } from '@nestjs/common';
import type { Actor } from '@clawtank/contracts';
import { type LogTx, UnitOfWork } from '@clawtank/events';
import { enforce, Failure } from '@clawtank/kernel';
import { findTask, mayMergeTask, type Task } from '@clawtank/tasks';
import { attributed, mergeSubject, signatureOf } from '../domain/author.js';
import { fail } from '../domain/failures.js';
import { CLAWTANK } from '../domain/git-objects.js';
import { mayMerge, type PullRequest } from '../domain/pull-request.js';
import { branchRef } from '../domain/ref-names.js';
import { closeIntent, type Intent, openIntent } from '../persistence/intents.js';
import { leaveQueue } from '../persistence/merge-queue.js';
import { findPullRequest, listChecks, listReviews } from '../persistence/pull-requests.js';
import { forgetChecked } from '../persistence/refs.js';
import { findRepository, wantCheck } from '../persistence/repositories.js';
import { bylineOf } from './byline.js';
import { concludeMerged } from './conclude-merged.js';
import { GitHost } from './git-host.js';
import { putOut } from './put-out.js';
import { RecordRefs, type Transact } from './record-refs.js';

/** The one way into the default branch: intent, merge, result. Every part is safe to repeat. */
@Injectable()
export class Merging {
  constructor(
    private readonly host: GitHost,
    private readonly refs: RecordRefs,
    private readonly work: UnitOfWork,
  ) {}

  /**
   * Decides and writes the intent; the room must be locked. A merge of the same pull request that is under way
   * is joined. @throws git.not_open, git.not_approved, git.checks_failed, git.merge_conflict, task.not_in_review
   */
  async begin(
    tx: LogTx,
    roomId: string,
    number: number,
    actor: Actor,
    queued = false,
  ): Promise<Intent<'merge'>> {
    const { request, task } = await this.judge(tx, roomId, number);
    const byline = await bylineOf(tx, roomId, request.author);
    const subject = mergeSubject(task.key, request.title, number);
    const message = attributed(subject, task.key, request.author, byline);
    const payload = { actor, taskId: request.taskId, number, head: request.headSha, message, queued };
    return (await openIntent(tx, { roomId, kind: 'merge', subject: `#${String(number)}`, payload })).intent;
  }

  /** Passes what may be merged now; the room must be locked. @throws as `begin` */
  async judge(
    tx: LogTx,
    roomId: string,
    number: number,
  ): Promise<{ readonly request: PullRequest; readonly task: Task }> {
    const request = await findPullRequest(tx, roomId, number);
    if (!request) throw fail('git.not_found', { what: 'pull request' });
    const reviews = (await listReviews(tx, [request.id])).get(request.id) ?? [];
    const checks = (await listChecks(tx, roomId, [request.headSha])).get(request.headSha) ?? [];
    enforce(mayMerge(request, reviews, checks));
    const task = await findTask(tx, request.taskId);
    if (!task) throw fail('git.not_found', { what: 'task' });
    enforce(mayMergeTask(task));
    return { request, task };
  }

  /** Merges and records the moved branch. A refusal ends the intent. @returns the merge commit */
  async act(intent: Intent<'merge'>, transact?: Transact): Promise<string> {
    const { roomId, payload, createdAt } = intent;
    try {
      const { defaultRef } = await this.host.state(roomId);
      const sha = await this.host.merge(roomId, {
        intoRef: defaultRef,
        head: payload.head,
        message: payload.message,
        author: signatureOf(payload.actor, createdAt),
        committer: { ...CLAWTANK, at: createdAt },
      });
      await this.refs.run(roomId, transact);
      return sha;
    } catch (error) {
      if (error instanceof Failure) await this.work.run((tx) => giveUp(tx, intent, error));
      throw error;
    }
  }

  /** Writes the result, once. */
  async conclude(tx: LogTx, intent: Intent<'merge'>, sha: string): Promise<void> {
    const { roomId, payload } = intent;
    await tx.lockRoom(roomId);
    const request = await findPullRequest(tx, roomId, payload.number);
    await closeIntent(tx, intent.id, 'done');
    if (request) await leaveQueue(tx, request.id);
    if (request?.state !== 'open') return;
    await concludeMerged(tx, request, { head: payload.head, sha, actor: payload.actor });
  }

  /** Finishes what a process that died had begun. */
  async resume(intent: Intent<'merge'>): Promise<void> {
    const sha = await this.act(intent);
    await this.work.run((tx) => this.conclude(tx, intent, sha));
  }
}

/** The refused merge is looked at anew, so that its conflict is told and not only refused. */
async function giveUp(tx: LogTx, intent: Intent<'merge'>, failure: Failure): Promise<void> {
  await tx.lockRoom(intent.roomId);
  await closeIntent(tx, intent.id, 'failed');
  const request = await findPullRequest(tx, intent.roomId, intent.payload.number);
  if (!request || !(await findRepository(tx, intent.roomId))) return;
  // What git could not do just now is tried again from the same place in line.
  if (intent.payload.queued && failure.code !== 'UNAVAILABLE' && failure.reason !== 'git.ref_moved')
    await putOut(tx, request, failure);
  await forgetChecked(tx, intent.roomId, branchRef(request.branch));
  await wantCheck(tx, intent.roomId);
}
