import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { closeIntentsOf } from '../persistence/intents.js';
import { findRepository } from '../persistence/repositories.js';
import { CheckConflicts } from './check-conflicts.js';
import { RecordRefs } from './record-refs.js';
import { SetUpRepository } from './set-up-repository.js';

/** What follows a push, before the pusher hears that it is done. */
@Injectable()
export class AfterPush {
  constructor(
    private readonly refs: RecordRefs,
    private readonly setUp: SetUpRepository,
    private readonly conflicts: CheckConflicts,
    private readonly database: Database,
  ) {}

  /** Records what a push moved and closes its intent. */
  async record(roomId: string, pushId: string): Promise<void> {
    await this.catchUp(roomId);
    await this.database.transaction((tx) => closeIntentsOf(tx, roomId, 'push', pushId));
  }

  /** A push that the code host did not take, of which the pusher hears: nobody is to try it again for them. */
  async giveUp(roomId: string, pushId: string): Promise<void> {
    await this.database.transaction((tx) => closeIntentsOf(tx, roomId, 'push', pushId, 'failed'));
  }

  /** Looks for the conflicts that a push made or resolved. */
  check(roomId: string): Promise<void> {
    return this.conflicts.run(roomId);
  }

  /** Records whatever has moved; the first push of all makes the room ready. */
  async catchUp(roomId: string): Promise<void> {
    const repository = await this.database.transaction((tx) => findRepository(tx, roomId));
    if (repository?.state === 'ready') await this.refs.run(roomId);
    if (repository?.state === 'awaiting_push') await this.setUp.finish(roomId);
  }
}
