import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { SYSTEM_ACTOR, UnitOfWork } from '@clawtank/events';
import { Failure, systemClock } from '@clawtank/kernel';
import { RoomFinisher } from '@clawtank/rooms';
import { CLAWTANK } from '../domain/git-objects.js';
import { listPullRequests } from '../persistence/pull-requests.js';
import { GitHost } from './git-host.js';
import { Merging } from './merging.js';
import { RecordRefs } from './record-refs.js';

const FINAL_TAG = 'clawtank/completed';

/** What git does when a room is completed. */
@Injectable()
export class GitRoomFinisher extends RoomFinisher {
  constructor(
    private readonly host: GitHost,
    private readonly merging: Merging,
    private readonly refs: RecordRefs,
    private readonly database: Database,
    private readonly work: UnitOfWork,
  ) {
    super();
  }

  /** Merges what may be merged, oldest first; what may not stays open, for the host to decide. */
  async mergeApproved(roomId: string): Promise<void> {
    const open = await this.database.transaction((tx) => listPullRequests(tx, roomId, 'open'));
    for (const { number } of [...open].reverse()) {
      try {
        await this.merge(roomId, number);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
      }
    }
  }

  async finish(roomId: string): Promise<{ tagSha: string | null }> {
    const { defaultRef } = await this.host.state(roomId);
    const commit = await this.host.resolve(roomId, defaultRef);
    if (!commit) return { tagSha: null };
    const tagger = { ...CLAWTANK, at: systemClock.now() };
    await this.host.tag(roomId, { name: FINAL_TAG, commit, message: 'The room is completed.\n', tagger });
    await this.refs.run(roomId);
    return { tagSha: commit };
  }

  private async merge(roomId: string, number: number): Promise<void> {
    const intent = await this.work.run(async (tx) => {
      await tx.lockRoom(roomId);
      return this.merging.begin(tx, roomId, number, SYSTEM_ACTOR);
    });
    await this.merging.resume(intent);
  }
}
