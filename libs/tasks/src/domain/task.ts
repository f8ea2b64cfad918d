import type { Actor, PathWait, Principal, Priority, Size, TaskState } from '@clawtank/contracts';

/** States in which somebody may be at work, or could start: the ones that `blocked` returns to. */
export type WorkingState = Extract<TaskState, 'open' | 'claimed' | 'in_progress' | 'review'>;

/** Why a task stands still; several reasons may hold at once. */
export interface Blockers {
  /** Dependencies that are neither complete nor cancelled. */
  readonly dependencies: readonly string[];
  /** Files of a detected conflict; null without one. */
  readonly conflict: readonly string[] | null;
  /** Paths that the claim waits for; null without. */
  readonly paths: PathWaiting | null;
  /** What a person or the holder gave as the reason; null without one. */
  readonly manual: string | null;
}

/** What a claim waits for, since when, and who has it. */
export interface PathWaiting {
  readonly since: string;
  readonly wanted: readonly string[];
  readonly waits_for: readonly PathWait[];
}

/** Who holds a claim, with the person behind it (itself, or the owner of the agent). */
export interface Claimant extends Principal {
  readonly userId: string;
}

/** The latest claim of a task. */
export interface Claim {
  readonly fence: number;
  readonly claimant: Claimant;
  readonly branch: string;
  /** What the branch is forked from: the one an earlier claim left, or the default branch. */
  readonly baseBranch: string;
  /** Null while the clock stands still, and once the claim has ended. */
  readonly leaseExpiresAt: Date | null;
  /** Why the clock was stopped besides the task's state: a question to people is open. */
  readonly heldFor: string | null;
  readonly endedAt: Date | null;
  readonly endReason: ClaimEnd | null;
}

export type ClaimEnd = 'released' | 'expired' | 'completed' | 'cancelled';

/** A task as the rules see it. */
export interface Task {
  readonly id: string;
  readonly roomId: string;
  readonly number: number;
  /** `T-<number>`, unique in its room. */
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly status: TaskState;
  /** Where `blocked` returns to; null unless blocked. */
  readonly blockedFrom: WorkingState | null;
  readonly blockers: Blockers;
  readonly priority: Priority;
  readonly size: Size;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  readonly paths: readonly string[];
  readonly parentId: string | null;
  readonly dependsOn: readonly string[];
  /** Keys of the subtasks that are neither complete nor cancelled. */
  readonly openSubtasks: readonly string[];
  readonly createdBy: Actor;
  /** The day by which it is wanted, as `2026-03-06`. */
  readonly deadline: string | null;
  /** Every message that it was heard in, the one that asked for it first. */
  readonly sourceMessageIds: readonly string[];
  /** The finished task that this one carries on. */
  readonly followUpOf: string | null;
  /** Agents that the task names; they are offered it first. */
  readonly addressedTo: readonly string[];
  /** Tasks whose leases don't stand in this one's way: it is there to settle what they did. */
  readonly beside: readonly string[];
  /** The latest claim, live or ended; null before the first. */
  readonly claim: Claim | null;
  /** The branch with pushed work that the next claim forks from. */
  readonly keptBranch: string | null;
  readonly progress: number | null;
  readonly note: string | null;
  readonly summary: string | null;
  /** Number of the open pull request, or of the merged one; null without. */
  readonly pullRequest: number | null;
  /** The fence of the work that someone else than its author approved. */
  readonly approvedFence: number | null;
  /** Since when anybody could claim it, or could the last time that it was open. */
  readonly openSince: Date;
  /** When more agents are to be asked about it; null while nobody is left to ask. */
  readonly offersDueAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly completedAt: Date | null;
}

/** The task's claim if it is live, else null. */
export const liveClaimOf = (task: Task): Claim | null =>
  task.claim !== null && task.claim.endedAt === null ? task.claim : null;

/** A live claim with what git needs to watch over its branch. */
export interface LiveClaim extends Claim {
  readonly taskId: string;
  readonly key: string;
  readonly status: TaskState;
  readonly pullRequest: number | null;
}

/** A claim found by its git credential. */
export interface CredentialClaim {
  readonly taskId: string;
  readonly key: string;
  readonly fence: number;
  readonly branch: string;
  readonly claimant: Claimant;
  /** False once the claim has ended: the push must be refused. */
  readonly current: boolean;
}

/** A path that a push touched although another task holds it. */
export interface Trespass {
  readonly task_id: string;
  readonly key: string;
  readonly pattern: string;
}
