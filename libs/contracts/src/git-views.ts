import type { WirePrincipalRef } from './actor.js';

/** How a claimant reaches the repository; bound to one claim, refused once the claim has ended. */
export interface GitCredential {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** Something at a code host that will stand in the way of the room's work, and what to do about it. */
export interface ObstacleView {
  readonly found: string;
  readonly mend: string;
}

/** How a room is connected to the code host where its repository lives; nothing secret. */
export interface ConnectionView {
  readonly host: 'github' | 'gitlab';
  /** `owner/name`, or a longer path on GitLab. */
  readonly full_name: string;
  /** Where people look at it. */
  readonly url: string;
  /** What opens it: a token of the room's own, or what the server holds. */
  readonly opened_by: 'token' | 'server';
  readonly token_set_at: string | null;
  /** The host takes nothing from this server before. */
  readonly limited_until: string | null;
  /** The host tells of news at once, or is asked every hour. */
  readonly news: 'webhook' | 'look';
  /** Why it is asked only; null while it tells. */
  readonly news_trouble: string | null;
  /** What its rules and permissions will not let us do. */
  readonly obstacles: readonly ObstacleView[];
  /** When that was looked at; null before the first time. */
  readonly checked_at: string | null;
}

export interface BranchView {
  readonly name: string;
  readonly sha: string;
  readonly task_id: string | null;
  readonly ahead: number;
  readonly behind: number;
  readonly updated_at: string;
}

export interface CommitView {
  readonly sha: string;
  readonly branch: string;
  readonly message: string;
  readonly author_name: string;
  readonly files: readonly string[];
  readonly additions: number;
  readonly deletions: number;
  readonly agent_id: string | null;
  readonly task_id: string | null;
  readonly committed_at: string;
}

export interface PullRequestView {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'merged' | 'closed';
  readonly branch: string;
  readonly base: string;
  readonly head_sha: string;
  readonly task_id: string | null;
  readonly author: WirePrincipalRef;
  /** `unknown` until it was computed for the present heads. */
  readonly mergeable: 'clean' | 'conflict' | 'unknown';
  readonly conflict_files: readonly string[];
  readonly merged_sha: string | null;
  /** Place in the merge queue, where 1 is next; null while it does not wait. */
  readonly queue_position: number | null;
  readonly approved: boolean;
  readonly reviews: readonly ReviewView[];
  readonly checks: readonly CheckView[];
  readonly created_at: string;
  readonly merged_at: string | null;
}

export interface ReviewView {
  readonly id: string;
  readonly reviewer: WirePrincipalRef;
  readonly verdict: 'approve' | 'request_changes';
  readonly body: string;
  /** The exact commit it speaks of; an approval lapses when the head moves. */
  readonly sha: string;
  readonly comments: readonly ReviewComment[];
  readonly created_at: string;
}

export interface ReviewComment {
  readonly path: string;
  readonly line: number;
  readonly body: string;
}

export interface CheckView {
  readonly context: string;
  readonly state: 'pending' | 'success' | 'failure' | 'error';
  readonly description: string;
  readonly target_url: string | null;
}

export interface DiffFileView {
  readonly path: string;
  readonly previous_path: string | null;
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed';
  readonly additions: number;
  readonly deletions: number;
  readonly binary: boolean;
  /** Unified diff of this file; empty when binary or left out for its size. */
  readonly patch: string;
  readonly truncated: boolean;
}

export interface ConflictView {
  readonly id: string;
  readonly state: 'predicted' | 'detected' | 'resolved';
  readonly files: readonly string[];
  readonly task_ids: readonly string[];
  readonly branches: readonly string[];
  /** The task that was opened when it was detected; null without. */
  readonly resolution_task_id: string | null;
  readonly created_at: string;
  readonly resolved_at: string | null;
}
