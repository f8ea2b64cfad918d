import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { clockFinding, Examination, type Finding, systemClock } from '@clawtank/kernel';
import { databaseFinding } from '../domain/findings.js';

/** Whether PostgreSQL answers, has this program's schema, and agrees with this node on what time it is. */
@Injectable()
export class DatabaseExamination extends Examination {
  constructor(private readonly database: Database) {
    super();
  }

  override async examine(): Promise<readonly Finding[]> {
    try {
      const asked = systemClock.now().getTime();
      const [row] = await this.database.query<{ now: Date; version: string }>(
        `SELECT clock_timestamp() AS now, current_setting('server_version') AS version`,
      );
      const answered = systemClock.now().getTime();
      const migrated = await this.database.isMigrated();
      const { now = new Date(0), version = '' } = row ?? {};
      const aheadMs = (asked + answered) / 2 - now.getTime();
      return [
        databaseFinding({ version, tookMs: answered - asked, migrated }),
        clockFinding('PostgreSQL', aheadMs, (answered - asked) / 2),
      ];
    } catch (error) {
      return [databaseFinding({ unreachable: error instanceof Error ? error.message : String(error) })];
    }
  }
}
