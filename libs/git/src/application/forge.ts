import type { CheckView } from '@clawtank/contracts';

/** What a host says of a repository that is connected. */
export interface ForgeRepository {
  readonly fullName: string;
  /** Where people look at it. */
  readonly url: string;
  readonly defaultBranch: string;
  readonly private: boolean;
  readonly archived: boolean;
  readonly canPush: boolean;
}

export interface NewForgePull {
  /** Short names. */
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

export interface ForgePull {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'merged' | 'closed';
  readonly branch: string;
  readonly base: string;
  readonly headSha: string;
  readonly mergedSha: string | null;
  /** `unknown` until the host has computed it; lists never know it. */
  readonly mergeable: 'clean' | 'conflict' | 'unknown';
  /** Login of whoever opened it. */
  readonly author: string;
  readonly updatedAt: Date;
}

export interface NewForgeReview {
  readonly verdict: 'approve' | 'request_changes' | 'comment';
  readonly body: string;
  readonly comments: readonly { readonly path: string; readonly line: number; readonly body: string }[];
}

export interface ForgeReview {
  readonly id: string;
  /** Login, for people to read. */
  readonly author: string;
  /** The host's own id of the account, which stays when its login changes; null for one that is gone. */
  readonly authorId: string | null;
  readonly verdict: 'approve' | 'request_changes' | 'comment';
  readonly body: string;
  /** The commit that was looked at; null where the host does not say. */
  readonly sha: string | null;
  readonly at: Date;
}

export interface ForgeCheck {
  readonly context: string;
  readonly state: CheckView['state'];
  readonly description: string;
  readonly targetUrl: string | null;
}

/** What must hold before the host lets a branch move. */
export interface ForgeProtection {
  readonly pullRequestRequired: boolean;
  readonly requiredApprovals: number;
  readonly requiredChecks: readonly string[];
  readonly signedCommits: boolean;
  readonly linearHistory: boolean;
}

export interface NewForgeHook {
  readonly url: string;
  /** GitHub signs with it; GitLab signs, or sends it along where it is too old to sign. */
  readonly secret: string;
}

export interface ForgeHook {
  readonly id: string;
  readonly url: string;
  /** False when the host has switched it off, as GitLab does after failures. */
  readonly active: boolean;
  /** False where the host sends the secret itself along, as GitLab before 19.0 does. */
  readonly signs: boolean;
}

export interface ForgeDelivery {
  readonly id: string;
  /** The same for every attempt. */
  readonly guid: string;
  readonly event: string;
  readonly at: Date;
  readonly ok: boolean;
}

/** How a git client is let in. */
export interface GitEntrance {
  readonly url: string;
  /** Value of the `Authorization` header. */
  readonly authorization: string;
}

/**
 * Port: what a code host offers beyond git. Repositories are named by our own id. Implementations answer with our
 * failures (`host.*`); a limit that is soon over is waited for.
 */
export abstract class Forge {
  abstract readonly name: 'GitHub' | 'GitLab';
  /** Who vouches for its accounts when people sign in with them. */
  abstract readonly issuer: string;

  /** @throws host.not_connected */
  abstract repository(id: string): Promise<ForgeRepository>;
  /** Makes it, or finds it there. */
  abstract ensureRepository(id: string): Promise<ForgeRepository>;
  abstract setDefaultBranch(id: string, branch: string): Promise<void>;
  /** @param afresh the last one was refused */
  abstract gitEntrance(id: string, afresh?: boolean): Promise<GitEntrance>;
  /** Permissions that we were not granted and will need, as far as the host tells: `contents: write`. */
  abstract lacking(id: string): Promise<readonly string[]>;
  abstract protection(id: string, branch: string): Promise<ForgeProtection>;

  /** Opens a pull request, or finds the open one of that branch. */
  abstract openPull(id: string, pull: NewForgePull): Promise<ForgePull>;
  abstract pull(id: string, number: number): Promise<ForgePull | undefined>;
  abstract pulls(id: string, state: 'open' | 'all'): Promise<readonly ForgePull[]>;
  abstract closePull(id: string, number: number): Promise<void>;
  /** Merges at this head only. Done already is done. @returns the merge commit; @throws git.merge_conflict, git.ref_moved, host.refused */
  abstract mergePull(
    id: string,
    number: number,
    merge: { readonly head: string; readonly message: string },
  ): Promise<string>;

  /** Says it under our own account; a host that won't let us judge our own pull request gets a comment instead. */
  abstract review(id: string, number: number, review: NewForgeReview): Promise<void>;
  abstract reviews(id: string, number: number): Promise<readonly ForgeReview[]>;
  abstract checks(id: string, sha: string): Promise<readonly ForgeCheck[]>;
  abstract setCheck(id: string, sha: string, check: ForgeCheck): Promise<void>;

  /** Makes the hook, or brings the one of that address up to date and switches it on. */
  abstract ensureHook(id: string, hook: NewForgeHook): Promise<ForgeHook>;
  abstract hooks(id: string): Promise<readonly ForgeHook[]>;
  /** A missing one is fine. */
  abstract removeHook(id: string, hookId: string): Promise<void>;
  /** The host's latest attempts, newest first, as far back as `since`. */
  abstract deliveries(id: string, hookId: string, since: Date): Promise<readonly ForgeDelivery[]>;
  abstract redeliver(id: string, hookId: string, deliveryId: string): Promise<void>;

  /** Until when the host takes nothing more from us for this repository. */
  abstract limitedUntil(id: string): Date | undefined;
}
