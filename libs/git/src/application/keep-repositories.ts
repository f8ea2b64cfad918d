import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { readyRooms } from '../persistence/repositories.js';
import { GitHost } from './git-host.js';
import { RoomTokens } from './room-tokens.js';
import { RecordRefs } from './record-refs.js';

const PAGE = 100;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** The regular round through all repositories. */
@Injectable()
export class KeepRepositories {
  private readonly log = new Logger(KeepRepositories.name);

  constructor(
    private readonly host: GitHost,
    private readonly database: Database,
    private readonly refs: RecordRefs,
    private readonly tokens: RoomTokens,
  ) {}

  /** Tidies every repository and compares its refs with what was recorded; also at start, when anything may have happened. */
  async compareAll(): Promise<void> {
    await this.tokens.reseal();
    let after = BEFORE_ALL;
    for (;;) {
      const rooms = await this.database.transaction((tx) => readyRooms(tx, after, PAGE));
      for (const roomId of rooms) await this.compare(roomId);
      const last = rooms.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }

  /** One repository that is broken must not keep the others from being looked at. */
  private async compare(roomId: string): Promise<void> {
    try {
      await this.host.maintain(roomId);
      await this.refs.run(roomId);
    } catch (error) {
      this.log.error(`repository of ${roomId}: ${String(error)}`);
    }
  }
}
