import { fail } from '../domain/failures.js';
import { safeRevision } from '../domain/ref-names.js';
import type { BareRepository } from './bare-repository.js';
import { GitCommandError } from './git-process.js';

export interface MergeMessage {
  /** git's stable name of what happened, such as `CONFLICT (contents)` or `Auto-merging`. */
  readonly kind: string;
  readonly paths: readonly string[];
  readonly text: string;
}

export interface TrialMerge {
  readonly clean: boolean;
  /** The merged tree; with conflict markers in it when the merge is not clean. */
  readonly tree: string;
  /** The conflicted files, ordered by name. */
  readonly files: readonly string[];
  readonly messages: readonly MergeMessage[];
}

/**
 * Merges two commits without touching a work tree or a ref (git-merge-tree(1), `--write-tree`). Throws
 * `git.unrelated_histories` when they have no commit in common.
 */
export async function trialMerge(
  repository: BareRepository,
  ours: string,
  theirs: string,
): Promise<TrialMerge> {
  const args = [
    'merge-tree',
    '--write-tree',
    '-z',
    '--name-only',
    '--messages',
    safeRevision(ours),
    safeRevision(theirs),
  ];
  const output = await repository.run(args);
  if (/unrelated histories/.test(output.stderr)) throw fail('git.unrelated_histories', {});
  if (output.exitCode > 1 || output.truncated) throw new GitCommandError(args, output);
  return parseTrialMerge(output.stdout.toString(), output.exitCode === 0);
}

/**
 * Reads the `-z` form: the tree, then each conflicted path, an empty field, then the messages, each as the
 * number of its paths, the paths, its kind and its text.
 */
export function parseTrialMerge(text: string, clean: boolean): TrialMerge {
  const [tree = '', ...fields] = text.split('\0');
  const end = fields.indexOf('');
  const files = end < 0 ? [] : fields.slice(0, end);
  const messages: MergeMessage[] = [];
  for (let at = end + 1; end >= 0 && at < fields.length && fields[at] !== ''; ) {
    const count = Number(fields[at]);
    const paths = fields.slice(at + 1, at + 1 + count);
    const [kind = '', message = ''] = fields.slice(at + 1 + count, at + 3 + count);
    messages.push({ kind, paths, text: message.trim() });
    at += count + 3;
  }
  return { clean, tree, files: [...new Set(files)].sort(), messages };
}
