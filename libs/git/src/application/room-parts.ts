import { Injectable } from '@nestjs/common';
import type { BranchView, CommitView, GitHostName, RoomSnapshot } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { LogTx } from '@clawtank/events';
import { ImportGate, RepositoryContext, type Room, SnapshotPart } from '@clawtank/rooms';
import { branchOf, branchRef } from '../domain/ref-names.js';
import { commitView, recentCommits } from '../persistence/commits.js';
import { listConflicts } from '../persistence/conflicts.js';
import { keepHookRemovals } from '../persistence/hook-removals.js';
import { listPullRequests, pullRequestViews } from '../persistence/pull-requests.js';
import { listKnownRefs } from '../persistence/refs.js';
import { fail } from '../domain/failures.js';
import { HostedHosts } from '../hosted/hosted-hosts.js';
import { GitHost } from './git-host.js';
import { RoomTokens } from './room-tokens.js';

const MAX_BRANCHES = 300;
const RECENT_COMMITS = 20;
const MAX_FILES = 2_000;

/** Branches that have a commit, the one that moved last first. */
export async function branchViews(tx: Tx, roomId: string): Promise<BranchView[]> {
  const refs = await listKnownRefs(tx, roomId);
  return refs
    .flatMap(({ ref, sha, taskId, ahead, behind, updatedAt }): BranchView[] => {
      const name = branchOf(ref);
      if (name === undefined || sha === null) return [];
      return [{ name, sha, task_id: taskId, ahead, behind, updated_at: updatedAt.toISOString() }];
    })
    .sort((a, b) => b.updated_at.localeCompare(a.updated_at))
    .slice(0, MAX_BRANCHES);
}

/** Git's share of a room's snapshot. */
@Injectable()
export class GitSnapshot extends SnapshotPart {
  async read(tx: Tx, room: Room): Promise<Pick<RoomSnapshot, 'branches' | 'pull_requests' | 'conflicts'>> {
    return {
      branches: await branchViews(tx, room.id),
      pull_requests: await pullRequestViews(tx, room.id, await listPullRequests(tx, room.id)),
      conflicts: await listConflicts(tx, room.id, 'open'),
    };
  }
}

/** What an agent's context package says of the repository. */
@Injectable()
export class GitRepositoryContext extends RepositoryContext {
  constructor(private readonly host: GitHost) {
    super();
  }

  async read(
    tx: Tx,
    room: Room,
  ): Promise<{ branches: BranchView[]; recent_commits: CommitView[]; files: string[] }> {
    const { defaultBranch, headSha } = room.repository;
    const branches = await branchViews(tx, room.id);
    const commits = await recentCommits(tx, room.id, RECENT_COMMITS);
    const tree =
      headSha === null ? undefined : await this.host.files(room.id, branchRef(defaultBranch), MAX_FILES);
    const files = (tree?.files ?? []).map(({ path }) => path);
    return { branches, recent_commits: commits.map(commitView), files };
  }
}

/** Refuses an import before the room is made. */
@Injectable()
export class GitImportGate extends ImportGate {
  constructor(
    private readonly host: GitHost,
    private readonly hosted: HostedHosts,
    private readonly tokens: RoomTokens,
  ) {
    super();
  }

  admit(host: GitHostName, { own, isAdmin }: { readonly own: boolean; readonly isAdmin: boolean }): void {
    if (host === 'local') return;
    if (own) return;
    if (!this.hosted.hasCredentials(host)) throw fail('host.no_credentials', { host });
    // What the server's App sees is not everybody's to see.
    if (!isAdmin) throw fail('host.needs_own_token', { host });
  }

  async keepToken(tx: LogTx, roomId: string, token: string): Promise<void> {
    await this.tokens.keep(tx, roomId, token);
  }

  async letGo(tx: LogTx, roomId: string): Promise<void> {
    await keepHookRemovals(tx, roomId);
  }

  async check(url: string): Promise<void> {
    await this.host.checkImport(url);
  }
}
