import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { UnitOfWork } from '@clawtank/events';
import { Failure } from '@clawtank/kernel';
import { pairsToCheck } from '../domain/conflict-pairs.js';
import { applyFindings, type PairTrial, type Trials } from './apply-findings.js';
import { GitHost } from './git-host.js';
import { type BranchStates, type LiveBranchState, readBranches } from './read-branches.js';

const ROUNDS = 3;

/**
 * Merges on trial whatever may have begun or ceased to conflict since the last look: moved branches with the
 * default branch and with each other. What was found is applied only where the branches still stand as tried.
 */
@Injectable()
export class CheckConflicts {
  constructor(
    private readonly host: GitHost,
    private readonly database: Database,
    private readonly work: UnitOfWork,
  ) {}

  async run(roomId: string): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const branches = await this.database.transaction((tx) => readBranches(tx, roomId));
      if (!branches) return;
      const trials = await this.tryMerges(roomId, branches);
      const done = await this.work.run((tx) => applyFindings(tx, roomId, trials));
      if (done) return;
    }
  }

  private async tryMerges(roomId: string, { base, live }: BranchStates): Promise<Trials> {
    const all = base ? [base, ...live] : live;
    const moved = all.filter(({ sha, checkedSha }) => sha !== checkedSha);
    const pairs: PairTrial[] = [];
    for (const pair of pairsToCheck(
      moved.map(({ ref }) => ref),
      live,
      base,
    )) {
      const files = await this.filesInConflict(roomId, pair.left.sha, pair.right.sha);
      if (files) pairs.push({ ...pair, files });
    }
    const distances = base ? await this.measure(roomId, base, moved.includes(base) ? live : moved) : [];
    return { pairs, distances };
  }

  /** Undefined for branches without a common commit: no push of either could make them merge. */
  private async filesInConflict(
    roomId: string,
    left: string,
    right: string,
  ): Promise<readonly string[] | undefined> {
    try {
      const { clean, files } = await this.host.mergeability(roomId, left, right);
      return clean ? [] : files;
    } catch (error) {
      if (error instanceof Failure && error.reason === 'git.unrelated_histories') return undefined;
      throw error;
    }
  }

  private async measure(
    roomId: string,
    base: LiveBranchState,
    branches: readonly LiveBranchState[],
  ): Promise<Trials['distances']> {
    const distances = [{ ref: base.ref, sha: base.sha, ahead: 0, behind: 0 }];
    for (const { ref, sha } of branches) {
      if (ref !== base.ref) distances.push({ ref, sha, ...(await this.host.compare(roomId, base.sha, sha)) });
    }
    return distances;
  }
}
