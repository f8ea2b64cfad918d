import { Injectable } from '@nestjs/common';
import { Failure } from '@clawtank/kernel';
import { type BranchPair, pairsToCheck } from '../domain/conflict-pairs.js';
import { mayConflict, TouchGraph } from '../domain/touch-graph.js';
import type { RefChecked } from '../persistence/refs.js';
import type { PairTrial, Trials } from './apply-findings.js';
import { GitHost } from './git-host.js';
import type { BranchStates, LiveBranchState } from './read-branches.js';

const MAX_KEPT = 10_000;

/**
 * Finds out which branches conflict, without a merge wherever the files tell: one look at what each branch has
 * touched leaves only the pairs that meet in a file, and what two commits gave is not asked of git again.
 */
@Injectable()
export class TrialMerges {
  private readonly kept = new Map<string, readonly string[] | undefined>();

  constructor(private readonly host: GitHost) {}

  /** Moved branches against the default one and each other live one; a moved default branch against all. */
  async run(
    roomId: string,
    { base, live }: Pick<BranchStates, 'base' | 'live'>,
  ): Promise<Trials & { readonly merged: number }> {
    const all = base ? [base, ...live] : live;
    const moved = all.filter(({ sha, checkedSha }) => sha !== checkedSha);
    const candidates = pairsToCheck(
      moved.map(({ ref }) => ref),
      live,
      base,
    );
    const graph = candidates.length > 0 ? await this.graphOf(roomId, all) : undefined;
    const pairs: PairTrial[] = [];
    let merged = 0;
    for (const pair of candidates) {
      if (graph && !meets(graph, pair)) {
        pairs.push({ ...pair, files: [] });
        continue;
      }
      merged += 1;
      const files = await this.filesInConflict(roomId, pair.left.sha, pair.right.sha);
      if (files) pairs.push({ ...pair, files });
    }
    const measured = base && moved.includes(base) ? live : moved;
    const distances = base ? await this.measure(roomId, base, measured, graph) : [];
    return { pairs, distances, merged };
  }

  private async graphOf(roomId: string, all: readonly LiveBranchState[]): Promise<TouchGraph | undefined> {
    const commits = await this.host.touched(
      roomId,
      all.map(({ sha }) => sha),
    );
    return commits && new TouchGraph(commits);
  }

  /** Undefined for branches without a common commit: no push of either could make them merge. */
  private async filesInConflict(
    roomId: string,
    left: string,
    right: string,
  ): Promise<readonly string[] | undefined> {
    const key = `${left} ${right}`;
    if (this.kept.has(key)) return this.kept.get(key);
    const files = await this.merge(roomId, left, right);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, files);
    return files;
  }

  private async merge(roomId: string, left: string, right: string): Promise<readonly string[] | undefined> {
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
    graph: TouchGraph | undefined,
  ): Promise<readonly RefChecked[]> {
    const distances = [{ ref: base.ref, sha: base.sha, ahead: 0, behind: 0 }];
    for (const { ref, sha } of branches) {
      if (ref === base.ref) continue;
      const distance = graph
        ? { ahead: graph.since(sha, base.sha).commits, behind: graph.since(base.sha, sha).commits }
        : await this.host.compare(roomId, base.sha, sha);
      distances.push({ ref, sha, ...distance });
    }
    return distances;
  }
}

const meets = (graph: TouchGraph, { left, right }: BranchPair): boolean =>
  mayConflict(graph.since(left.sha, right.sha), graph.since(right.sha, left.sha));
