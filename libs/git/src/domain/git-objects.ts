import type { Trailer } from './commit-message.js';

export interface RefTip {
  readonly ref: string;
  /** The commit; for an annotated tag the one that it names. */
  readonly sha: string;
}

/** Who wrote or committed, and when; with a fixed time the same commit gets the same id again. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly at: Date;
}

export const CLAWTANK: Omit<Signature, 'at'> = { name: 'ClawTank', email: 'noreply@clawtank.invalid' };

export interface FileCount {
  readonly path: string;
  /** Null for binary files. */
  readonly additions: number | null;
  readonly deletions: number | null;
}

export interface CommitRecord {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly authorEmail: string;
  readonly committedAt: Date;
  readonly message: string;
  readonly trailers: readonly Trailer[];
  /** Empty for a merge: what it brought was written in the commits it joins. */
  readonly files: readonly FileCount[];
  readonly additions: number;
  readonly deletions: number;
}

export interface CommitRange {
  /** Oldest first. */
  readonly commits: readonly CommitRecord[];
  /** There were more commits, or more files, than the limits allow. */
  readonly truncated: boolean;
}

export type FileStatus = 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type_changed';

export interface FileDiff {
  readonly path: string;
  /** Where a renamed or copied file was. */
  readonly previousPath: string | null;
  readonly status: FileStatus;
  /** Null for binary files. */
  readonly additions: number | null;
  readonly deletions: number | null;
  /** The unified diff of this file; null when the caps left no room for it. */
  readonly patch: string | null;
  /** `patch` is missing or cut. */
  readonly truncated: boolean;
}

export interface Diff {
  readonly files: readonly FileDiff[];
  readonly additions: number;
  readonly deletions: number;
  /** Files or patches are missing or cut. */
  readonly truncated: boolean;
}

export interface TreeFile {
  readonly path: string;
  readonly kind: 'file' | 'executable' | 'symlink' | 'submodule';
  /** The object's id. */
  readonly sha: string;
  /** Bytes; null for a submodule. */
  readonly size: number | null;
}

export interface Blob {
  readonly path: string;
  readonly sha: string;
  readonly size: number;
  /** At most the bytes asked for. */
  readonly content: Buffer;
  readonly truncated: boolean;
  /** Holds a zero byte in what was read, which is git's own test for binary files. */
  readonly binary: boolean;
}

export type FileChange =
  | { readonly path: string; readonly content: string | Uint8Array }
  | { readonly path: string; readonly delete: true };

export interface CommitFiles {
  /** Full ref of the branch. */
  readonly ref: string;
  /** The commit that the branch is at and the new one follows; null: the branch has none yet. */
  readonly expectedHead: string | null;
  readonly changes: readonly FileChange[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

export interface MergeRequest {
  /** Full ref that receives the merge. */
  readonly intoRef: string;
  /** The commit to merge. */
  readonly head: string;
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export interface NewTag {
  readonly name: string;
  readonly commit: string;
  readonly message: string;
  readonly tagger: Signature;
}
