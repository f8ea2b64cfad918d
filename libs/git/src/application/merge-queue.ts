import { Injectable } from '@nestjs/common';
import type { Actor, EventMap } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import { type LogTx, UnitOfWork } from '@clawtank/events';
import { Failure } from '@clawtank/kernel';
import { lockRoomById, mayTakeWork, type Room } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import { type Intent, mergeUnderWay } from '../persistence/intents.js';
import { joinQueue, listQueue, roomsWithQueue, type Waiting } from '../persistence/merge-queue.js';
import { findPullRequest } from '../persistence/pull-requests.js';
import { CheckConflicts } from './check-conflicts.js';
import { Merging } from './merging.js';
import { putOut } from './put-out.js';

/**
 * Pull requests that are merged one at a time, in order. Each is judged again when its turn comes, against the
 * default branch as the one before left it. Rows hold the line, and an intent the merge that is under way, so
 * that any process can go on with either.
 */
@Injectable()
export class MergeQueue {
  constructor(
    private readonly merging: Merging,
    private readonly conflicts: CheckConflicts,
    private readonly database: Database,
    private readonly work: UnitOfWork,
  ) {}

  /**
   * Begins a merge if nothing is ahead of it, else puts it in line. The room must be locked.
   * @throws as `Merging.begin`
   */
  async enter(
    tx: LogTx,
    room: Room,
    number: number,
    actor: Actor,
  ): Promise<{ readonly intent: Intent<'merge'> } | { readonly position: number }> {
    const line = await listQueue(tx, room.id);
    const free = line.length === 0 && !(await mergeUnderWay(tx, room.id, number));
    if (free || !room.settings.merge_queue) {
      return { intent: await this.merging.begin(tx, room.id, number, actor) };
    }
    const place = line.findIndex((waiting) => waiting.number === number);
    if (place >= 0) return { position: place + 1 };
    const { request } = await this.merging.judge(tx, room.id, number);
    const { id: pullRequestId, headSha, title, branch, taskId } = request;
    await joinQueue(tx, room.id, { pullRequestId, number, headSha, actor });
    const position = line.length + 1;
    const data: EventMap['git.pull_request'] = {
      number,
      action: 'queued',
      title,
      branch,
      task_id: taskId,
      head_sha: headSha,
      position,
    };
    tx.appendToRoom(room.id, { type: 'git.pull_request', actor, data });
    return { position };
  }

  /** Merges whatever waits, everywhere. */
  async drainAll(): Promise<void> {
    for (const roomId of await this.database.transaction((tx) => roomsWithQueue(tx)))
      await this.drain(roomId);
  }

  /** Merges what waits in a room, until nothing is left or somebody else is at it. */
  async drain(roomId: string): Promise<void> {
    let before: number | undefined;
    for (;;) {
      const intent = await this.work.run((tx) => this.next(tx, roomId));
      // What could not be done a moment ago keeps its place; the next sweep tries again.
      if (!intent || intent.payload.number === before) return;
      before = intent.payload.number;
      await this.finish(intent);
      await this.conflicts.run(roomId);
    }
  }

  /** Whoever is first and may still be merged; those before it that may not are put out. */
  private async next(tx: LogTx, roomId: string): Promise<Intent<'merge'> | undefined> {
    const room = await lockRoomById(tx, roomId);
    if (!room || !mayTakeWork(room).allowed || (await mergeUnderWay(tx, roomId))) return undefined;
    for (const waiting of await listQueue(tx, roomId)) {
      const intent = await this.begin(tx, roomId, waiting);
      if (intent) return intent;
    }
    return undefined;
  }

  private async begin(
    tx: LogTx,
    roomId: string,
    { number, actor, headSha }: Waiting,
  ): Promise<Intent<'merge'> | undefined> {
    const request = await findPullRequest(tx, roomId, number);
    try {
      if (request?.headSha !== headSha) throw fail('git.not_approved', { number });
      return await this.merging.begin(tx, roomId, number, actor, true);
    } catch (error) {
      if (!(error instanceof Failure) || !request) throw error;
      await putOut(tx, request, error);
      return undefined;
    }
  }

  private async finish(intent: Intent<'merge'>): Promise<void> {
    try {
      await this.merging.resume(intent);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
}
