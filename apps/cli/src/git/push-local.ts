import { resolve } from 'node:path';
import type { GitCredential } from '@clawtank/contracts';
import { CliError } from '../usage-error.js';
import { pause } from '../commands/pause.js';
import { credentialEnv, repositoryUrl } from './credential-env.js';
import { git, lastWords, runGit } from './git.js';

export interface LocalHead {
  readonly path: string;
  /** The branch that the repository is on; `main` when it is on none. */
  readonly branch: string;
}

export interface PushTarget {
  readonly server: string;
  readonly credential: GitCredential;
  readonly signal: AbortSignal;
}

const RETRY_MS = 500;
const LIMIT_MS = 60_000;
/** The server makes the repository after it has answered; until then it is not there, or not to this credential. */
const NOT_YET = /not found|authentication failed|error: (404|401|502|503)|couldn't connect/i;

/**
 * The branch that a local repository is on.
 * @throws CliError `git.no_commit` for a folder that is no repository or has no commit
 */
export async function localHead(path: string): Promise<LocalHead> {
  const cwd = resolve(path);
  const head = await runGit(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { cwd }).catch(
    () => undefined,
  );
  if (head?.code !== 0) throw new CliError('git.no_commit', `${cwd} is no git repository with a commit`);
  const branch = await runGit(['symbolic-ref', '--quiet', '--short', 'HEAD'], { cwd });
  return { path: cwd, branch: branch.code === 0 ? branch.stdout.trim() : 'main' };
}

/** Pushes that branch, and nothing else, into a new room. */
export async function pushLocal(local: LocalHead, target: PushTarget): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  const url = repositoryUrl(target.server, target.credential.url);
  const args = ['push', '--quiet', '--no-verify', url, `HEAD:refs/heads/${local.branch}`];
  const call = { cwd: local.path, env: credentialEnv(target.credential), signal: target.signal };
  await refuseShallow(local.path);
  for (;;) {
    const { code, stderr } = await runGit(args, call);
    if (code === 0) return;
    if (!NOT_YET.test(stderr) || Date.now() > deadline) {
      throw new CliError('git.push_failed', `git push: ${lastWords(stderr)}`);
    }
    await pause(RETRY_MS, target.signal);
  }
}

/** A clone without its history can't be pushed whole, and git's own words on it help nobody. */
async function refuseShallow(cwd: string): Promise<void> {
  if ((await git(['rev-parse', '--is-shallow-repository'], { cwd })) !== 'true') return;
  throw new CliError(
    'git.shallow',
    `${cwd} is a shallow clone. Fetch its history first: git fetch --unshallow`,
  );
}
