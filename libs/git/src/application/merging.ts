import { Injectable } from '@nestjs/common';
import type { Actor, EventMap } from '@clawtank/contracts';
import { type LogTx, UnitOfWork } from '@clawtank/events';
import { enforce, Failure } from '@clawtank/kernel';
import { advanceTask, findTask, mayMergeTask } from '@clawtank/tasks';
import { attributed, signatureOf } from '../domain/author.js';
import { fail } from '../domain/failures.js';
import { CLAWTANK } from '../domain/git-objects.js';
import { mayMerge } from '../domain/pull-request.js';
import { branchRef } from '../domain/ref-names.js';
import { closeIntent, type Intent, openIntent } from '../persistence/intents.js';
import { findPullRequest, listChecks, listReviews, saveMerged } from '../persistence/pull-requests.js';
import { forgetChecked } from '../persistence/refs.js';
import { findRepository, wantCheck } from '../persistence/repositories.js';
import { GitHost } from './git-host.js';
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
  async begin(tx: LogTx, roomId: string, number: number, actor: Actor): Promise<Intent<'merge'>> {
    const request = await findPullRequest(tx, roomId, number);
    if (!request) throw fail('git.not_found', { what: 'pull request' });
    const reviews = (await listReviews(tx, [request.id])).get(request.id) ?? [];
    const checks = (await listChecks(tx, roomId, [request.headSha])).get(request.headSha) ?? [];
    enforce(mayMerge(request, reviews, checks));
    const task = await findTask(tx, request.taskId);
    if (!task) throw fail('git.not_found', { what: 'task' });
    enforce(mayMergeTask(task));
    const subject = `Merge ${task.key}: ${request.title} (#${String(number)})`;
    const message = attributed(subject, task.key, request.author);
    const payload = { actor, taskId: request.taskId, number, head: request.headSha, message };
    return (await openIntent(tx, { roomId, kind: 'merge', subject: `#${String(number)}`, payload })).intent;
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
      if (error instanceof Failure) await this.work.run((tx) => giveUp(tx, intent));
      throw error;
    }
  }

  /** Writes the result, once. */
  async conclude(tx: LogTx, intent: Intent<'merge'>, sha: string): Promise<void> {
    const { roomId, payload } = intent;
    await tx.lockRoom(roomId);
    const request = await findPullRequest(tx, roomId, payload.number);
    await closeIntent(tx, intent.id, 'done');
    if (request?.state !== 'open') return;
    await saveMerged(tx, request.id, sha);
    const data: EventMap['git.pull_request'] = {
      number: request.number,
      action: 'merged',
      title: request.title,
      branch: request.branch,
      task_id: request.taskId,
      head_sha: payload.head,
      merged_sha: sha,
    };
    const { actor } = payload;
    tx.appendToRoom(roomId, { type: 'git.pull_request', actor, data });
    await advanceTask(tx, request.taskId, 'merged', { actor, pullRequest: request.number });
    await wantCheck(tx, roomId);
  }

  /** Finishes what a process that died had begun. */
  async resume(intent: Intent<'merge'>): Promise<void> {
    const sha = await this.act(intent);
    await this.work.run((tx) => this.conclude(tx, intent, sha));
  }
}

/** The refused merge is looked at anew, so that its conflict is told and not only refused. */
async function giveUp(tx: LogTx, intent: Intent<'merge'>): Promise<void> {
  await tx.lockRoom(intent.roomId);
  await closeIntent(tx, intent.id, 'failed');
  const request = await findPullRequest(tx, intent.roomId, intent.payload.number);
  if (!request || !(await findRepository(tx, intent.roomId))) return;
  await forgetChecked(tx, intent.roomId, branchRef(request.branch));
  await wantCheck(tx, intent.roomId);
}
