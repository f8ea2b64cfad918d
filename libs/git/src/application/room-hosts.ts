import { Injectable } from '@nestjs/common';
import type { GitHostName } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import type {
  CommitFiles,
  CommitRange,
  Blob,
  Diff,
  MergeRequest,
  NewTag,
  TreeFile,
} from '../domain/git-objects.js';
import type { RefUpdate } from '../domain/push-policy.js';
import type { TouchedCommit } from '../domain/touch-graph.js';
import { HostedHosts } from '../hosted/hosted-hosts.js';
import type { RefMove } from '../local/refs.js';
import { LocalGitHost } from '../local/local-git-host.js';
import { hostOf } from '../persistence/host-connections.js';
import type { Forge } from './forge.js';
import { GitHost, type Mergeability, type RepositorySource, type RepositoryState } from './git-host.js';

type Range = Parameters<GitHost['commits']>[1];

/** Each room's repository where its room says that it lives. Nothing above knows which host that is. */
@Injectable()
export class RoomHosts extends GitHost {
  /** A room's host never changes. */
  private readonly known = new Map<string, GitHostName>();

  constructor(
    private readonly local: LocalGitHost,
    private readonly hosted: HostedHosts,
    private readonly database: Database,
  ) {
    super();
  }

  /** What a room's host offers beyond git; undefined for the built-in one. */
  async forgeOf(id: string): Promise<Forge | undefined> {
    const name = await this.nameOf(id);
    return name === 'local' ? undefined : this.hosted.of(name).forge;
  }

  /** The folder that git serves a room's repository from: the repository itself, or its mirror as it is now. */
  async folderOf(id: string): Promise<string> {
    const name = await this.nameOf(id);
    return name === 'local' ? this.local.pathOf(id) : this.hosted.of(name).freshFolder(id);
  }

  /** Passes on what a mirror was pushed; a built-in repository has it. @throws host.*, git.ref_moved */
  async passOn(id: string, updates: readonly RefUpdate[]): Promise<void> {
    const name = await this.nameOf(id);
    if (name !== 'local') await this.hosted.of(name).passOn(id, updates);
  }

  /** Passes on what a process that died had taken and not passed on. @throws host.*, git.ref_moved */
  async resumePush(id: string, moves: readonly RefMove[]): Promise<void> {
    const name = await this.nameOf(id);
    if (name !== 'local') await this.hosted.of(name).resumePush(id, moves);
  }

  async create(id: string, source: RepositorySource): Promise<void> {
    await (await this.of(id)).create(id, source);
  }
  async checkImport(url: string): Promise<void> {
    await this.local.checkImport(url);
  }
  async maintain(id: string): Promise<void> {
    await (await this.of(id)).maintain(id);
  }
  /** A deleted room no longer says where it was. */
  async remove(id: string): Promise<void> {
    this.known.delete(id);
    for (const host of [this.local, ...Object.values(this.hosted.all)]) await host.remove(id);
  }
  async state(id: string): Promise<RepositoryState> {
    return (await this.of(id)).state(id);
  }
  async setDefaultRef(id: string, ref: string): Promise<void> {
    await (await this.of(id)).setDefaultRef(id, ref);
  }
  async createBranch(id: string, ref: string, sha: string): Promise<void> {
    await (await this.of(id)).createBranch(id, ref, sha);
  }
  async commitFiles(id: string, commit: CommitFiles): Promise<string> {
    return (await this.of(id)).commitFiles(id, commit);
  }
  async merge(id: string, request: MergeRequest): Promise<string> {
    return (await this.of(id)).merge(id, request);
  }
  async publishPullRequest(id: string, number: number, head: string): Promise<void> {
    await (await this.of(id)).publishPullRequest(id, number, head);
  }
  async tag(id: string, tag: NewTag): Promise<void> {
    await (await this.of(id)).tag(id, tag);
  }
  async commits(id: string, range: Range): Promise<CommitRange> {
    return (await this.of(id)).commits(id, range);
  }
  async isAncestor(id: string, ancestor: string, descendant: string): Promise<boolean> {
    return (await this.of(id)).isAncestor(id, ancestor, descendant);
  }
  async compare(id: string, base: string, head: string): Promise<{ ahead: number; behind: number }> {
    return (await this.of(id)).compare(id, base, head);
  }
  async diff(id: string, base: string, head: string): Promise<Diff> {
    return (await this.of(id)).diff(id, base, head);
  }
  async changedPaths(id: string, base: string, head: string): Promise<readonly string[]> {
    return (await this.of(id)).changedPaths(id, base, head);
  }
  async touched(id: string, tips: readonly string[]): Promise<readonly TouchedCommit[] | undefined> {
    return (await this.of(id)).touched(id, tips);
  }
  async mergeability(id: string, base: string, head: string): Promise<Mergeability> {
    return (await this.of(id)).mergeability(id, base, head);
  }
  async files(
    id: string,
    revision: string,
    limit: number,
  ): Promise<{ files: readonly TreeFile[]; truncated: boolean }> {
    return (await this.of(id)).files(id, revision, limit);
  }
  async blob(id: string, revision: string, path: string): Promise<Blob> {
    return (await this.of(id)).blob(id, revision, path);
  }
  async resolve(id: string, revision: string): Promise<string | undefined> {
    return (await this.of(id)).resolve(id, revision);
  }

  private async of(id: string): Promise<GitHost> {
    const name = await this.nameOf(id);
    return name === 'local' ? this.local : this.hosted.of(name);
  }

  /** A room that is gone has nothing but what lies here. */
  private async nameOf(id: string): Promise<GitHostName> {
    const known = this.known.get(id) ?? (await this.database.transaction((tx) => hostOf(tx, id)));
    if (known) this.known.set(id, known);
    return known ?? 'local';
  }
}
