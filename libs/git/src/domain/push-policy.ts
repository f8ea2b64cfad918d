import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';
import { branchOf, CLAIM_BRANCHES, HEADS, TAGS, whyNotRefName } from './ref-names.js';

/** One line of a push, as `pre-receive` sees it. `old` or `new` all zero: the ref is made or deleted. */
export interface RefUpdate {
  readonly ref: string;
  readonly old: string;
  readonly new: string;
  /** The old commit is not an ancestor of the new one. */
  readonly forced: boolean;
  readonly deletes: boolean;
  readonly isTag: boolean;
}

/** What the bearer of a credential may push. */
export type PushGrant =
  /** The holder of a claim: its own branch, and forced pushes only until the work is under review. */
  | {
      readonly kind: 'claim';
      readonly allowedRef: string;
      readonly defaultRef: string;
      readonly beforeReview: boolean;
    }
  /** The room's host filling a new repository from a local one. */
  | { readonly kind: 'setup' };

export interface RefVerdict {
  readonly update: RefUpdate;
  readonly verdict: Verdict;
}

/** Judges each update of a push. One refused update refuses the whole push, as `pre-receive` can't do less. */
export function judgePush(updates: readonly RefUpdate[], grant: PushGrant): readonly RefVerdict[] {
  return updates.map((update) => ({ update, verdict: mayUpdateRef(update, grant) }));
}

/** May this grant make this one update? */
export function mayUpdateRef(update: RefUpdate, grant: PushGrant): Verdict {
  const { ref } = update;
  if (update.deletes) return deny('git.delete_refused', { ref });
  return grant.kind === 'setup' ? mayUpdateInSetup(update) : mayUpdateOwnBranch(update, grant);
}

function mayUpdateOwnBranch(update: RefUpdate, grant: PushGrant & { kind: 'claim' }): Verdict {
  const { ref } = update;
  if (ref === grant.defaultRef) return deny('git.default_branch_protected', { ref });
  if (update.isTag) return deny('git.tags_protected', { ref });
  if (ref !== grant.allowedRef) return deny('git.not_own_branch', { ref, allowed: grant.allowedRef });
  if (update.forced && !grant.beforeReview) return deny('git.force_refused', { ref });
  return ALLOWED;
}

function mayUpdateInSetup(update: RefUpdate): Verdict {
  const { ref } = update;
  const name = branchOf(ref) ?? (ref.startsWith(TAGS) ? ref.slice(TAGS.length) : undefined);
  if (name === undefined) return deny('git.invalid_ref', { ref, why: 'is neither a branch nor a tag' });
  const why = whyNotRefName(name);
  if (why) return deny('git.invalid_ref', { ref, why });
  if (ref.startsWith(HEADS + CLAIM_BRANCHES)) {
    return deny('git.invalid_ref', { ref, why: 'is kept for the branches of claims' });
  }
  if (update.forced) return deny('git.force_refused', { ref });
  return ALLOWED;
}
