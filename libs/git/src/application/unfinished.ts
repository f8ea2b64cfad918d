import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { Failure } from '@clawtank/kernel';
import { closeIntent, forgetOldIntents, staleIntents } from '../persistence/intents.js';
import { roomsToCheck } from '../persistence/repositories.js';
import { AfterPush } from './after-push.js';
import { CheckConflicts } from './check-conflicts.js';
import { Merging } from './merging.js';
import { ResumePush } from './resume-push.js';

/** A live process is done with an act by then; what is older was begun by one that died. */
const STALE_SECONDS = 15;

/** Acts that were begun and not finished. */
@Injectable()
export class Unfinished {
  constructor(
    private readonly database: Database,
    private readonly pushes: AfterPush,
    private readonly merging: Merging,
    private readonly conflicts: CheckConflicts,
    private readonly resumed: ResumePush,
  ) {}

  /** Finishes merges, and records what pushes and commits had moved before their process died. */
  async finishStale(olderThanSeconds = STALE_SECONDS): Promise<void> {
    const [merges, pushes, commits] = await this.database.transaction(async (tx) => [
      await staleIntents(tx, 'merge', olderThanSeconds),
      await staleIntents(tx, 'push', olderThanSeconds),
      await staleIntents(tx, 'commit', olderThanSeconds),
    ]);
    for (const intent of merges) await this.resume(intent);
    for (const intent of pushes) await this.resumed.run(intent);
    for (const { id, roomId } of commits) {
      await this.pushes.catchUp(roomId);
      await this.database.transaction((tx) => closeIntent(tx, id, 'done'));
    }
    await this.database.transaction((tx) => forgetOldIntents(tx));
  }

  /** Looks for conflicts wherever something changed since the last look. */
  async checkWanted(): Promise<void> {
    for (const roomId of await this.database.transaction((tx) => roomsToCheck(tx))) {
      await this.conflicts.run(roomId);
    }
  }

  /** A merge that can't be made any more has ended its intent; nothing is left to do. */
  private async resume(intent: Parameters<Merging['resume']>[0]): Promise<void> {
    try {
      await this.merging.resume(intent);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
}
