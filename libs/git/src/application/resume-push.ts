import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { Failure } from '@clawtank/kernel';
import { isClaimCurrent } from '@clawtank/tasks';
import { ZERO_SHA } from '../domain/ref-names.js';
import { closeIntent, type Intent } from '../persistence/intents.js';
import { AfterPush } from './after-push.js';
import { RoomHosts } from './room-hosts.js';

/** Finishes pushes whose process died: passes on what its mirror had taken, and records what has moved. */
@Injectable()
export class ResumePush {
  private readonly log = new Logger(ResumePush.name);

  constructor(
    private readonly hosts: RoomHosts,
    private readonly pushes: AfterPush,
    private readonly database: Database,
  ) {}

  async run(intent: Intent<'push'>): Promise<void> {
    const { id, roomId } = intent;
    try {
      await this.passOn(intent);
    } catch (error) {
      this.log.warn(`push to ${roomId}: ${error instanceof Error ? error.message : String(error)}`);
      // A host that is away is asked again; one that says no has said so.
      if (!(error instanceof Failure) || error.code === 'UNAVAILABLE') return;
      return this.database.transaction((tx) => closeIntent(tx, id, 'failed'));
    }
    await this.pushes.catchUp(roomId);
    await this.database.transaction((tx) => closeIntent(tx, id, 'done'));
  }

  /** A claim that has ended meanwhile pushes no more. */
  private async passOn({ roomId, payload }: Intent<'push'>): Promise<void> {
    const { taskId, fence, updates } = payload;
    const holds =
      taskId === null ||
      fence === null ||
      (await this.database.transaction((tx) => isClaimCurrent(tx, taskId, fence)));
    if (!holds) return;
    const moves = updates.flatMap(({ ref, from, sha }) =>
      from === undefined || sha === ZERO_SHA ? [] : [{ ref, from: from === ZERO_SHA ? null : from, to: sha }],
    );
    if (moves.length > 0) await this.hosts.resumePush(roomId, moves);
  }
}
