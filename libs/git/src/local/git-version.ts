import { fail } from '../domain/failures.js';
import { type GitSettings, runGit } from './git-process.js';

/** The first git whose `merge-tree --write-tree` merges without a work tree. */
const OLDEST = [2, 38] as const;

/** Throws `git.unavailable` unless a git of at least 2.38 can be run; returns its version. */
export async function assertGitVersion(settings: GitSettings): Promise<string> {
  const output = await runGit(settings, ['version']);
  const version = /(\d+)\.(\d+)(?:\.\d+)*/.exec(output.stdout.toString());
  const [major, minor] = [Number(version?.[1] ?? 0), Number(version?.[2] ?? 0)];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw fail('git.unavailable', {
      why: `version ${OLDEST.join('.')} or newer is needed, not ${version?.[0] ?? 'none'}`,
    });
  }
  return version?.[0] ?? '';
}
