import {
  GitHost,
  type Mergeability,
  type RepositorySource,
  type RepositoryState,
} from '../application/git-host.js';
import { fail } from '../domain/failures.js';
import type {
  Blob,
  CommitFiles,
  CommitRange,
  Diff,
  MergeRequest,
  NewTag,
  TreeFile,
} from '../domain/git-objects.js';
import { pullRequestRef } from '../domain/ref-names.js';
import { BareRepository, repositoryPath } from './bare-repository.js';
import type { TouchedCommit } from '../domain/touch-graph.js';
import { commitFiles } from './commit-files.js';
import {
  buildRepository,
  createRepository,
  removeRepository,
  writeFirstCommit,
} from './create-repository.js';
import { changedPaths, diffSinceFork } from './diff.js';
import type { GitSettings } from './git-process.js';
import { aheadBehind, commitRange, isAncestor, type LogRange } from './history.js';
import { checkImportUrl, type ImportRules, importRepository } from './import-repository.js';
import { maintainRepository } from './maintain-repository.js';
import { mergeIntoRef } from './merge.js';
import { trialMerge } from './merge-tree.js';
import { defaultRef, keepPullRequest, listRefs, moveRefs, resolveCommit, setDefaultRef } from './refs.js';
import { writeTag } from './tags.js';
import { touchedSinceFork } from './touched.js';
import { listFiles, readBlob } from './tree-files.js';

export interface LocalGitSettings extends GitSettings {
  /** The folder of the bare repositories. */
  readonly root: string;
  readonly rules: ImportRules;
}

/** The built-in host: bare repositories in a folder, worked on by git itself. */
export class LocalGitHost extends GitHost {
  private readonly settings: LocalGitSettings;

  constructor(settings: LocalGitSettings) {
    super();
    this.settings = settings;
  }

  /** Where git's smart HTTP finds a repository. @throws git.not_found for what is no id */
  pathOf(id: string): string {
    return repositoryPath(this.settings.root, id);
  }

  async create(id: string, source: RepositorySource): Promise<void> {
    const path = this.pathOf(id);
    const { settings } = this;
    const make = async (): Promise<unknown> => {
      if (source.kind === 'import') return importRepository(settings, path, source.url, settings.rules);
      if (source.kind === 'push') return createRepository(settings, path, settings.rules);
      return buildRepository(settings, path, settings.rules, async (repository) => {
        await writeFirstCommit(repository, source.at);
      });
    };
    // A repository appears complete or not at all, so one that is there was made before.
    if (!(await this.open(id).exists())) await make();
  }

  async checkImport(url: string): Promise<void> {
    await checkImportUrl(url, this.settings.rules);
  }

  async remove(id: string): Promise<void> {
    await removeRepository(this.pathOf(id));
  }

  async maintain(id: string): Promise<void> {
    await maintainRepository(this.open(id));
  }

  async state(id: string): Promise<RepositoryState> {
    const repository = this.open(id);
    const [head, tips] = await Promise.all([defaultRef(repository), listRefs(repository)]);
    return { defaultRef: head, tips };
  }

  async setDefaultRef(id: string, ref: string): Promise<void> {
    await setDefaultRef(this.open(id), ref);
  }

  async createBranch(id: string, ref: string, sha: string): Promise<void> {
    const repository = this.open(id);
    const present = await resolveCommit(repository, ref);
    if (present === sha) return;
    if (present) throw fail('git.ref_exists', { ref });
    await moveRefs(repository, [{ ref, from: null, to: sha }], 'branch');
  }

  async commitFiles(id: string, commit: CommitFiles): Promise<string> {
    const repository = this.open(id);
    const { ref } = commit;
    if (ref === (await defaultRef(repository))) throw fail('git.default_branch_protected', { ref });
    return commitFiles(repository, commit);
  }

  async merge(id: string, request: MergeRequest): Promise<string> {
    return mergeIntoRef(this.open(id), request);
  }

  async publishPullRequest(id: string, number: number, head: string): Promise<void> {
    await keepPullRequest(this.open(id), pullRequestRef(number), head);
  }

  async tag(id: string, tag: NewTag): Promise<void> {
    await writeTag(this.open(id), tag);
  }

  async commits(id: string, range: LogRange): Promise<CommitRange> {
    return commitRange(this.open(id), range);
  }

  async isAncestor(id: string, ancestor: string, descendant: string): Promise<boolean> {
    return isAncestor(this.open(id), ancestor, descendant);
  }

  async compare(id: string, base: string, head: string): Promise<{ ahead: number; behind: number }> {
    return aheadBehind(this.open(id), base, head);
  }

  async diff(id: string, base: string, head: string): Promise<Diff> {
    return diffSinceFork(this.open(id), base, head);
  }

  async changedPaths(id: string, base: string, head: string): Promise<readonly string[]> {
    return changedPaths(this.open(id), base, head);
  }

  async touched(id: string, tips: readonly string[]): Promise<readonly TouchedCommit[] | undefined> {
    return touchedSinceFork(this.open(id), tips);
  }

  async mergeability(id: string, base: string, head: string): Promise<Mergeability> {
    const { clean, files } = await trialMerge(this.open(id), base, head);
    return { clean, files };
  }

  async files(
    id: string,
    revision: string,
    limit: number,
  ): Promise<{ files: readonly TreeFile[]; truncated: boolean }> {
    return listFiles(this.open(id), revision, limit);
  }

  async blob(id: string, revision: string, path: string): Promise<Blob> {
    return readBlob(this.open(id), revision, path);
  }

  async resolve(id: string, revision: string): Promise<string | undefined> {
    return resolveCommit(this.open(id), revision);
  }

  private open(id: string): BareRepository {
    return new BareRepository(this.settings, this.pathOf(id));
  }
}
