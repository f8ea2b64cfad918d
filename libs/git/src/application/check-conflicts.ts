import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { UnitOfWork } from '@clawtank/events';
import { Gather } from '@clawtank/kernel';
import { applyFindings } from './apply-findings.js';
import { readBranches } from './read-branches.js';
import { TrialMerges } from './trial-merges.js';

const ROUNDS = 3;

/**
 * Merges on trial whatever may have begun or ceased to conflict since the last look: moved branches with the
 * default branch and with each other. What was found is applied only where the branches still stand as tried.
 * A room is looked at by one at a time: whoever asks during a look shares the next one with all who do, so that twenty
 * pushes at once make two looks, not twenty that try the same merges.
 */
@Injectable()
export class CheckConflicts {
  private readonly looks = new Map<string, Gather<null, null>>();

  constructor(
    private readonly merges: TrialMerges,
    private readonly database: Database,
    private readonly work: UnitOfWork,
  ) {}

  /** Resolves once a look that began after this call is done. */
  async run(roomId: string): Promise<void> {
    const present = this.looks.get(roomId);
    const looks = present ?? new Gather((asked) => this.look(roomId).then(() => asked));
    if (!present) this.looks.set(roomId, looks);
    try {
      await looks.get(null);
    } finally {
      if (looks.idle) this.looks.delete(roomId);
    }
  }

  private async look(roomId: string): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const branches = await this.database.transaction((tx) => readBranches(tx, roomId));
      if (!branches) return;
      const trials = await this.merges.run(roomId, branches);
      const done = await this.work.run((tx) => applyFindings(tx, roomId, trials));
      if (done) return;
    }
  }
}
