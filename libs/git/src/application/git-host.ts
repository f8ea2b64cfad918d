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
import type { TouchedCommit } from '../domain/touch-graph.js';

export type RepositorySource =
  /** One empty first commit on `main`. */
  | { readonly kind: 'empty'; readonly at: Date }
  | { readonly kind: 'import'; readonly url: string }
  /** Nothing: the first push fills it. */
  | { readonly kind: 'push' };

export interface RepositoryState {
  /** Full ref. It need not have a commit yet. */
  readonly defaultRef: string;
  /** Branches and tags, ordered by name. */
  readonly tips: readonly RefTip[];
}

export interface Mergeability {
  readonly clean: boolean;
  /** Files in conflict, ordered by name. */
  readonly files: readonly string[];
}

/**
 * Port: where a room's repository lives. Repositories are named by our own id, refs are full, commits are full
 * object ids. Every act is safe to repeat after a crash: done already means done. One contract test holds for
 * every implementation.
 */
export abstract class GitHost {
  /** Makes the repository, or finds it made. @throws git.import_refused, git.import_failed, git.too_large, git.timeout */
  abstract create(id: string, source: RepositorySource): Promise<void>;
  /** Refuses an address that may not be imported, before anything is made. @throws git.import_refused */
  abstract checkImport(url: string): Promise<void>;
  /** Keeps it small and usable: packs what has gathered, removes what a crash has left. */
  abstract maintain(id: string): Promise<void>;
  /** Takes it away; a missing one is fine. */
  abstract remove(id: string): Promise<void>;
  abstract state(id: string): Promise<RepositoryState>;
  abstract setDefaultRef(id: string, ref: string): Promise<void>;

  /** Makes a branch at a commit, or finds it there. @throws git.ref_exists when it is at another commit */
  abstract createBranch(id: string, ref: string, sha: string): Promise<void>;
  /** @throws git.default_branch_protected, git.ref_moved, and what is wrong with the changes */
  abstract commitFiles(id: string, commit: CommitFiles): Promise<string>;
  /** The merge commit; the one that brought `head` in when that happened before. @throws git.merge_conflict */
  abstract merge(id: string, request: MergeRequest): Promise<string>;
  /** Keeps the commits of a pull request reachable under its number, whatever becomes of the branch. */
  abstract publishPullRequest(id: string, number: number, head: string): Promise<void>;
  /** @throws git.ref_exists when the tag names another commit */
  abstract tag(id: string, tag: NewTag): Promise<void>;

  /** Commits that `to` has and none of `known` has, oldest first, the newest `limit` of them. */
  abstract commits(
    id: string,
    range: {
      readonly to: string;
      readonly known: readonly string[];
      readonly limit?: number;
      readonly skip?: number;
    },
  ): Promise<CommitRange>;
  abstract isAncestor(id: string, ancestor: string, descendant: string): Promise<boolean>;
  abstract compare(
    id: string,
    base: string,
    head: string,
  ): Promise<{ readonly ahead: number; readonly behind: number }>;
  /** What `head` changed since it left `base`. */
  abstract diff(id: string, base: string, head: string): Promise<Diff>;
  abstract changedPaths(id: string, base: string, head: string): Promise<readonly string[]>;
  /**
   * The commits that some of `tips` have and not all, each with what it changed against each parent. Undefined when
   * they are too many, or when the tips have no commit in common.
   */
  abstract touched(id: string, tips: readonly string[]): Promise<readonly TouchedCommit[] | undefined>;
  abstract mergeability(id: string, base: string, head: string): Promise<Mergeability>;
  abstract files(
    id: string,
    revision: string,
    limit: number,
  ): Promise<{ readonly files: readonly TreeFile[]; readonly truncated: boolean }>;
  /** @throws git.not_found, git.invalid_path */
  abstract blob(id: string, revision: string, path: string): Promise<Blob>;
  /** The commit of a full ref or id. */
  abstract resolve(id: string, revision: string): Promise<string | undefined>;
}
