import { join } from 'node:path';
import type { Forge } from '../application/forge.js';
import {
  GitHost,
  type Mergeability,
  type RepositorySource,
  type RepositoryState,
} from '../application/git-host.js';
import type { HostLinks } from '../application/host-links.js';
import { fail } from '../domain/failures.js';
import type {
  Blob,
  CommitFiles,
  CommitRange,
  Diff,
  MergeRequest,
  NewTag,
  RefTip,
  TreeFile,
} from '../domain/git-objects.js';
import {
  branchOf,
  HEADS,
  isZeroSha,
  pullRequestRef,
  tagRef,
  TAGS,
  whyNotRefName,
} from '../domain/ref-names.js';
import type { RefUpdate } from '../domain/push-policy.js';
import type { TouchedCommit } from '../domain/touch-graph.js';
import { type BareRepository, repositoryPath } from '../local/bare-repository.js';
import { commitFiles } from '../local/commit-files.js';
import { removeRepository, writeFirstCommit } from '../local/create-repository.js';
import { changedPaths, diffSinceFork } from '../local/diff.js';
import { aheadBehind, commitRange, isAncestor, type LogRange } from '../local/history.js';
import { checkImportUrl, importRepository, type ImportRules } from '../local/import-repository.js';
import { maintainRepository } from '../local/maintain-repository.js';
import { mergeIntoRef } from '../local/merge.js';
import { trialMerge } from '../local/merge-tree.js';
import {
  defaultRef,
  keepPullRequest,
  listRefs,
  type MoveRef,
  type RefMove,
  resolveCommit,
  setDefaultRef,
} from '../local/refs.js';
import { writeTag } from '../local/tags.js';
import { touchedSinceFork } from '../local/touched.js';
import { listFiles, readBlob } from '../local/tree-files.js';
import { Mirror, type MirrorSettings } from './mirror.js';

export interface HostedSettings extends MirrorSettings {
  /** The folder of the mirrors. */
  readonly root: string;
  readonly rules: ImportRules;
}

/**
 * A repository on somebody else's host. Git's part is done in a bare mirror by the same code as on the built-in
 * host, and takes effect by pushes; the host's part (repositories, default branch, pull requests) by its API.
 */
export class HostedGitHost extends GitHost {
  private readonly mirrors = new Map<string, Promise<Mirror>>();

  constructor(
    private readonly settings: HostedSettings,
    readonly forge: Forge,
    private readonly links: HostLinks,
  ) {
    super();
  }

  async create(id: string, source: RepositorySource): Promise<void> {
    if (source.kind === 'import') return this.import(id, source.url);
    await this.forge.ensureRepository(id);
    const mirror = await this.open(id);
    await mirror.sync();
    if (source.kind === 'push' || (await tipsOf(mirror.repository)).length > 0) return;
    const main = await defaultRef(mirror.repository);
    const first = await resolveCommit(mirror.repository, main);
    const sha = first ?? (await writeFirstCommit(mirror.repository, source.at));
    // Somebody else's first commit will do as well.
    await mirror.move({ ref: main, from: null, to: sha }).catch((error: unknown) => refMovedIsFine(error));
  }

  async checkImport(url: string): Promise<void> {
    await checkImportUrl(url, this.settings.rules);
  }

  async remove(id: string): Promise<void> {
    this.mirrors.delete(id);
    await removeRepository(this.pathOf(id));
  }

  async maintain(id: string): Promise<void> {
    await maintainRepository((await this.open(id)).repository);
  }

  /** The host's branches, as far as their names can be used here. */
  async state(id: string): Promise<RepositoryState> {
    const mirror = await this.synced(id);
    const tips = await tipsOf(mirror.repository);
    const here = await defaultRef(mirror.repository);
    if (tips.length === 0) return { defaultRef: here, tips };
    const there = HEADS + (await this.forge.repository(id)).defaultBranch;
    const known = tips.some(({ ref }) => ref === there);
    if (known && there !== here) await setDefaultRef(mirror.repository, there);
    return { defaultRef: known ? there : here, tips };
  }

  async setDefaultRef(id: string, ref: string): Promise<void> {
    const mirror = await this.synced(id);
    await setDefaultRef(mirror.repository, ref);
    // A host takes only a branch that is there; until then the wish is kept here.
    if (await resolveCommit(mirror.repository, ref))
      await this.forge.setDefaultBranch(id, branchOf(ref) ?? ref);
  }

  async createBranch(id: string, ref: string, sha: string): Promise<void> {
    const mirror = await this.synced(id);
    const present = await resolveCommit(mirror.repository, ref);
    if (present === sha) return;
    if (present) throw fail('git.ref_exists', { ref });
    await mirror.move({ ref, from: null, to: sha });
  }

  async commitFiles(id: string, commit: CommitFiles): Promise<string> {
    const mirror = await this.synced(id);
    const { ref } = commit;
    if (ref === (await this.defaultRefOf(id, mirror))) throw fail('git.default_branch_protected', { ref });
    return commitFiles(mirror.repository, commit, moving(mirror));
  }

  /** An open pull request is merged by the host, whose rules then hold; a commit without one is pushed merged. */
  async merge(id: string, request: MergeRequest): Promise<string> {
    const mirror = await this.synced(id);
    const base = branchOf(request.intoRef);
    const open = (await this.forge.pulls(id, 'open')).find(
      (pull) => pull.headSha === request.head && pull.base === base,
    );
    if (!open) return mergeIntoRef(mirror.repository, request, moving(mirror));
    const sha = await this.mergeOpen(id, open.number, request);
    await mirror.sync();
    return sha;
  }

  async publishPullRequest(id: string, number: number, head: string): Promise<void> {
    const mirror = await this.having(id, head);
    await keepPullRequest(mirror.repository, pullRequestRef(number), head);
  }

  async tag(id: string, tag: NewTag): Promise<void> {
    const mirror = await this.synced(id);
    const ref = tagRef(tag.name);
    const present = await resolveCommit(mirror.repository, ref);
    await writeTag(mirror.repository, tag);
    if (present) return;
    try {
      await mirror.move({ ref, from: null, to: tag.commit }, ref);
    } catch (error) {
      await mirror.sync();
      throw error;
    }
  }

  async commits(id: string, range: LogRange): Promise<CommitRange> {
    const { repository } = await this.having(id, range.to, ...range.known);
    return commitRange(repository, range);
  }

  async isAncestor(id: string, ancestor: string, descendant: string): Promise<boolean> {
    return isAncestor((await this.having(id, ancestor, descendant)).repository, ancestor, descendant);
  }

  async compare(id: string, base: string, head: string): Promise<{ ahead: number; behind: number }> {
    return aheadBehind((await this.having(id, base, head)).repository, base, head);
  }

  async diff(id: string, base: string, head: string): Promise<Diff> {
    return diffSinceFork((await this.having(id, base, head)).repository, base, head);
  }

  async changedPaths(id: string, base: string, head: string): Promise<readonly string[]> {
    return changedPaths((await this.having(id, base, head)).repository, base, head);
  }

  async touched(id: string, tips: readonly string[]): Promise<readonly TouchedCommit[] | undefined> {
    return touchedSinceFork((await this.having(id, ...tips)).repository, tips);
  }

  async mergeability(id: string, base: string, head: string): Promise<Mergeability> {
    const { clean, files } = await trialMerge((await this.having(id, base, head)).repository, base, head);
    return { clean, files };
  }

  async files(
    id: string,
    revision: string,
    limit: number,
  ): Promise<{ files: readonly TreeFile[]; truncated: boolean }> {
    return listFiles((await this.having(id, revision)).repository, revision, limit);
  }

  async blob(id: string, revision: string, path: string): Promise<Blob> {
    return readBlob((await this.having(id, revision)).repository, revision, path);
  }

  /** What a ref stands for is the host's to say, so it is asked each time. */
  async resolve(id: string, revision: string): Promise<string | undefined> {
    const mirror = revision.startsWith('refs/') ? await this.synced(id) : await this.having(id, revision);
    return resolveCommit(mirror.repository, revision);
  }

  /** Where the mirror lies, just brought up to date. */
  async freshFolder(id: string): Promise<string> {
    return (await this.synced(id)).path;
  }

  /** Moves at the host what a push has moved in the mirror; what the host refuses is undone here. */
  async passOn(id: string, updates: readonly RefUpdate[]): Promise<void> {
    const mirror = await this.open(id);
    try {
      for (const { ref, old, new: to } of updates)
        await mirror.move({ ref, from: isZeroSha(old) ? null : old, to: isZeroSha(to) ? null : to });
    } catch (error) {
      await mirror.sync();
      throw error;
    }
  }

  /** Moves at the host what an interrupted push has brought here, where the ref still is as that push found it. */
  async resumePush(id: string, moves: readonly RefMove[]): Promise<void> {
    const { repository } = await this.synced(id);
    const mirror = await this.open(id);
    for (const move of moves) {
      const present = (await resolveCommit(repository, move.ref)) ?? null;
      // Objects that never left git's quarantine belong to a push that was never taken.
      const isHere = move.to !== null && (await resolveCommit(repository, move.to)) !== undefined;
      if (isHere && present === move.from) await mirror.move(move);
    }
  }

  private async mergeOpen(
    id: string,
    number: number,
    { head, message, intoRef }: MergeRequest,
  ): Promise<string> {
    const { repository } = await this.open(id);
    try {
      return await this.forge.mergePull(id, number, { head, message });
    } catch (error) {
      // The host says that it conflicts, not where.
      const base = await resolveCommit(repository, intoRef);
      const trial = base && (await trialMerge(repository, base, head));
      if (trial && !trial.clean) throw fail('git.merge_conflict', { files: trial.files });
      throw error;
    }
  }

  private async import(id: string, url: string): Promise<void> {
    await this.checkImport(url);
    const mirror = this.mirrorAt(id, await this.placeOf(id));
    if (!(await mirror.repository.exists()))
      await importRepository(this.settings, mirror.path, url, this.settings.rules);
    const tips = await tipsOf(mirror.repository);
    await this.forge.ensureRepository(id);
    for (const { ref, sha } of tips)
      await mirror.move({ ref, from: null, to: sha }, ref).catch(refMovedIsFine);
    this.mirrors.set(id, Promise.resolve(mirror));
  }

  private async defaultRefOf(id: string, mirror: Mirror): Promise<string> {
    const there = HEADS + (await this.forge.repository(id)).defaultBranch;
    return (await resolveCommit(mirror.repository, there)) ? there : defaultRef(mirror.repository);
  }

  private async synced(id: string): Promise<Mirror> {
    const mirror = await this.open(id);
    await mirror.sync();
    return mirror;
  }

  private async having(id: string, ...revisions: readonly string[]): Promise<Mirror> {
    const mirror = await this.open(id);
    await mirror.need(...revisions);
    return mirror;
  }

  private open(id: string): Promise<Mirror> {
    const known = this.mirrors.get(id);
    if (known) return known;
    const opening = this.make(id);
    this.mirrors.set(id, opening);
    opening.catch(() => this.mirrors.delete(id));
    return opening;
  }

  private async make(id: string): Promise<Mirror> {
    const mirror = this.mirrorAt(id, await this.placeOf(id));
    await mirror.make();
    return mirror;
  }

  private mirrorAt(id: string, repository: string): Mirror {
    const place = { host: this.forge.name, repository };
    return new Mirror(this.settings, place, this.pathOf(id), (afresh) => this.forge.gitEntrance(id, afresh));
  }

  private async placeOf(id: string): Promise<string> {
    const link = await this.links.find(id);
    if (!link) throw fail('git.not_found', { what: 'repository' });
    return link.fullName;
  }

  private pathOf(id: string): string {
    return repositoryPath(join(this.settings.root), id);
  }
}

const moving =
  (mirror: Mirror): MoveRef =>
  (_repository, move) =>
    mirror.move(move);

async function tipsOf(repository: BareRepository): Promise<readonly RefTip[]> {
  const tips = await listRefs(repository);
  // A name outside our whitelist could never be used afterwards; the host may keep it.
  return tips.filter(
    ({ ref }) => whyNotRefName(ref.slice((ref.startsWith(HEADS) ? HEADS : TAGS).length)) === undefined,
  );
}

function refMovedIsFine(error: unknown): void {
  if (!(error instanceof Error && 'reason' in error && error.reason === 'git.ref_moved')) throw error;
}
