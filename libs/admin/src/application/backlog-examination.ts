import { Injectable } from '@nestjs/common';
import { countJobRuns, Database } from '@clawtank/database';
import { Examination, type Finding } from '@clawtank/kernel';
import { backlogFindings } from '../domain/findings.js';
import { readBacklog } from '../persistence/backlog.js';

/** What git hosts delivered, what consumers could not get past, which jobs failed. */
@Injectable()
export class BacklogExamination extends Examination {
  constructor(private readonly database: Database) {
    super();
  }

  override examine(): Promise<readonly Finding[]> {
    return this.database.transaction(async (tx) => {
      const { failed: failedJobs } = await countJobRuns(tx);
      return backlogFindings({ ...(await readBacklog(tx)), failedJobs });
    });
  }
}
