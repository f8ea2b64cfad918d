import type { PeerGitRepository } from '../peer-repository.js';
import type { PeerDeliveries, PeerHook } from '../deliveries.js';

export type Permission =
  | 'administration'
  | 'checks'
  | 'contents'
  | 'metadata'
  | 'pull_requests'
  | 'repository_hooks'
  | 'statuses'
  | 'workflows';
export type Permissions = Readonly<Partial<Record<Permission, 'read' | 'write'>>>;

export interface PeerAccount {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
}

export interface PeerToken {
  readonly token: string;
  readonly account: PeerAccount;
  /** `user`: all that its account may do. */
  readonly kind: 'user' | 'installation';
  readonly permissions: Permissions;
  readonly expiresAt: Date | null;
  /** Owner whose repositories an installation sees; null: all. */
  readonly owner: string | null;
  revoked: boolean;
}

export interface PeerInstallation {
  readonly id: number;
  readonly owner: string;
  permissions: Permissions;
  suspended: boolean;
}

export interface PeerReview {
  readonly id: number;
  readonly account: PeerAccount;
  readonly body: string;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';
  readonly sha: string;
  readonly at: Date;
  readonly comments: readonly { path: string; line: number; body: string }[];
}

export interface PeerPull {
  readonly id: number;
  readonly number: number;
  readonly account: PeerAccount;
  readonly branch: string;
  readonly createdAt: Date;
  base: string;
  title: string;
  body: string;
  open: boolean;
  draft: boolean;
  headSha: string;
  baseSha: string;
  mergeSha: string | null;
  mergedBy: PeerAccount | null;
  closedAt: Date | null;
  updatedAt: Date;
  /** What was found out of these two commits, and how many looks at it are still answered with null. */
  verdict: { key: string; unknownFor: number; mergeable: boolean } | null;
  readonly reviews: PeerReview[];
}

export interface PeerStatus {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: 'pending' | 'success' | 'failure' | 'error';
  readonly description: string;
  readonly targetUrl: string | null;
  readonly at: Date;
  readonly account: PeerAccount;
}

export interface PeerCheckRun {
  readonly id: number;
  readonly sha: string;
  readonly name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion:
    | 'success'
    | 'failure'
    | 'neutral'
    | 'cancelled'
    | 'skipped'
    | 'timed_out'
    | 'action_required'
    | null;
  readonly startedAt: Date;
  completedAt: Date | null;
}

export interface PeerProtection {
  /** By the branch's own protection, the older way, of which the list of rules says nothing. */
  readonly classic: boolean;
  readonly pullRequest: boolean;
  readonly approvals: number;
  readonly checks: readonly string[];
  readonly signatures: boolean;
  readonly linear: boolean;
}

export interface GithubRepository {
  readonly id: number;
  fullName: string;
  readonly owner: PeerAccount;
  readonly private: boolean;
  readonly git: PeerGitRepository;
  readonly createdAt: Date;
  defaultBranch: string;
  archived: boolean;
  readonly pulls: PeerPull[];
  readonly statuses: PeerStatus[];
  readonly checkRuns: PeerCheckRun[];
  readonly hooks: PeerHook[];
  readonly deliveries: PeerDeliveries;
  readonly protections: Map<string, PeerProtection>;
}
