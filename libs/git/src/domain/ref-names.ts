import { fail } from './failures.js';

export const HEADS = 'refs/heads/';
export const TAGS = 'refs/tags/';
/** Everything below it belongs to claims; imports and set-up pushes stay out of it. */
export const CLAIM_BRANCHES = 'clawtank/';
export const ZERO_SHA = '0'.repeat(40);

const MAX_REF_LENGTH = 200;
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._+@=-]*$/;
const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const CLAIM_BRANCH = /^clawtank\/([A-Z][A-Z0-9]{0,9}-[1-9]\d{0,8})\/([1-9]\d{0,14})$/;

/** True for a full object id (SHA-1 or SHA-256), the all-zero one included. */
export const isSha = (text: string): boolean => SHA.test(text);

/** True for the all-zero id, by which git means "no such ref". */
export const isZeroSha = (sha: string): boolean => /^0+$/.test(sha);

/** The branch of one claim: `claimBranch('T-12', 3)` is `clawtank/T-12/3`. */
export function claimBranch(taskKey: string, fence: number): string {
  const branch = `${CLAIM_BRANCHES}${taskKey}/${fence}`;
  if (!CLAIM_BRANCH.test(branch))
    throw fail('git.invalid_ref', { ref: branch, why: 'is no branch of a claim' });
  return branch;
}

/** Task key and fence of a claim's branch; undefined for every other branch. */
export function parseClaimBranch(
  branch: string,
): { readonly taskKey: string; readonly fence: number } | undefined {
  const match = CLAIM_BRANCH.exec(branch);
  return match?.[1] && match[2] ? { taskKey: match[1], fence: Number(match[2]) } : undefined;
}

/** Why a short branch or tag name isn't accepted; undefined when it is. Stricter than git-check-ref-format. */
export function whyNotRefName(name: string): string | undefined {
  if (name.length === 0) return 'is empty';
  if (name.length > MAX_REF_LENGTH) return `is longer than ${MAX_REF_LENGTH} characters`;
  if (name === 'HEAD' || name === '@') return 'is reserved';
  for (const segment of name.split('/')) {
    if (!SEGMENT.test(segment)) return 'may hold letters, digits and . _ + @ = - in segments divided by /';
    if (segment.includes('..') || segment.includes('@{')) return 'may not hold .. or @{';
    if (segment.endsWith('.') || segment.endsWith('.lock'))
      return 'may not have a segment that ends in . or .lock';
  }
  return undefined;
}

/** The full ref of a branch. Throws `git.invalid_ref` for a name outside the whitelist. */
export function branchRef(branch: string): string {
  const why = whyNotRefName(branch);
  if (why) throw fail('git.invalid_ref', { ref: branch, why });
  return HEADS + branch;
}

/** The full ref of a tag. Throws `git.invalid_ref` for a name outside the whitelist. */
export function tagRef(tag: string): string {
  const why = whyNotRefName(tag);
  if (why) throw fail('git.invalid_ref', { ref: tag, why });
  return TAGS + tag;
}

/** Where the commits of a pull request are kept; no push reaches it. */
export const pullRequestRef = (number: number): string => `refs/pull/${Math.trunc(number)}/head`;

/** The short name of a branch's full ref; undefined for anything that isn't below `refs/heads/`. */
export const branchOf = (ref: string): string | undefined =>
  ref.startsWith(HEADS) ? ref.slice(HEADS.length) : undefined;

/**
 * Lets only full object ids and well-named full refs through to git's command line, so that no caller's text
 * is ever read as an option or as a revision expression. Throws `git.invalid_ref`.
 */
export function safeRevision(revision: string): string {
  if (isSha(revision)) return revision;
  const short = revision.startsWith(HEADS)
    ? revision.slice(HEADS.length)
    : revision.startsWith(TAGS)
      ? revision.slice(TAGS.length)
      : undefined;
  const why = short === undefined ? 'is neither an object id nor a full ref' : whyNotRefName(short);
  if (why) throw fail('git.invalid_ref', { ref: revision, why });
  return revision;
}
