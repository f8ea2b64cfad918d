import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../domain/failures.js';
import { branchRef } from '../domain/ref-names.js';
import { CLAWTANK } from '../domain/git-objects.js';
import { BareRepository } from './bare-repository.js';
import { GitCommandError, type GitSettings, runGit } from './git-process.js';
import { writeCommit } from './merge.js';
import { moveRefs } from './refs.js';

export interface RepositoryLimits {
  /** Largest pack that one push may send, in bytes. */
  readonly maxPushBytes: number;
}

/**
 * Strict about what could harm a reader of the objects, lax about harmless blemishes that old histories
 * carry and nobody can mend any more.
 */
const CHECKED_OBJECTS = ['receive', 'fetch'].flatMap((section) => [
  [`${section}.fsckObjects`, 'true'],
  [`${section}.fsck.badTimezone`, 'ignore'],
  [`${section}.fsck.missingSpaceBeforeDate`, 'ignore'],
  [`${section}.fsck.zeroPaddedFilemode`, 'ignore'],
]);

const configuration = (limits: RepositoryLimits): readonly (readonly string[])[] => [
  ['http.receivepack', 'true'],
  ['http.getanyfile', 'false'],
  ['transfer.fsckObjects', 'true'],
  ...CHECKED_OBJECTS,
  ['receive.maxInputSize', String(limits.maxPushBytes)],
  ['receive.denyDeletes', 'true'],
  ['receive.advertisePushOptions', 'false'],
  ['receive.autogc', 'false'],
  ['uploadpack.allowFilter', 'true'],
  ['uploadpack.allowAnySHA1InWant', 'false'],
  ['core.logAllRefUpdates', 'true'],
  // An acknowledged push survives a power cut; the batch keeps that affordable.
  ['core.fsync', 'committed'],
  ['core.fsyncMethod', 'batch'],
  ['gc.auto', '0'],
];

const MISSING_BRANCH = 'main';

/**
 * Builds a bare repository aside and moves it into place when `fill` has succeeded, so that a crash leaves
 * none half-made. Throws `git.ref_exists` when the place is taken.
 */
export async function buildRepository(
  settings: GitSettings,
  path: string,
  limits: RepositoryLimits,
  fill: (repository: BareRepository) => Promise<void> = async () => undefined,
): Promise<BareRepository> {
  const building = join(dirname(path), `.building-${randomUUID()}`);
  await mkdir(dirname(path), { recursive: true });
  try {
    const init = [
      'init',
      '--quiet',
      '--bare',
      '--template=',
      `--initial-branch=${MISSING_BRANCH}`,
      '--',
      building,
    ];
    const output = await runGit(settings, init);
    if (output.exitCode !== 0) throw new GitCommandError(init, output);
    const repository = new BareRepository(settings, building);
    for (const [key = '', value = ''] of configuration(limits)) await repository.must(['config', key, value]);
    await fill(repository);
    await rename(building, path).catch((error: NodeJS.ErrnoException) => {
      const taken = error.code === 'ENOTEMPTY' || error.code === 'EEXIST';
      throw taken ? fail('git.ref_exists', { ref: 'The repository' }) : error;
    });
    return new BareRepository(settings, path);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** A new bare repository with the default branch `main`, which has no commit yet. */
export const createRepository = (
  settings: GitSettings,
  path: string,
  limits: RepositoryLimits,
): Promise<BareRepository> => buildRepository(settings, path, limits);

/** Gives `main` an empty first commit, so that there is something to branch from; returns its id. */
export async function writeFirstCommit(repository: BareRepository, at: Date): Promise<string> {
  const tree = await repository.text(['hash-object', '-w', '-t', 'tree', '--stdin'], { input: '' });
  const by = { ...CLAWTANK, at };
  const sha = await writeCommit(repository, {
    tree,
    parents: [],
    message: 'Start the room\n',
    author: by,
    committer: by,
  });
  await moveRefs(repository, [{ ref: branchRef(MISSING_BRANCH), from: null, to: sha }], 'start');
  return sha;
}

/** Takes a repository away. One that is missing already is no error. */
export async function removeRepository(path: string): Promise<void> {
  const removing = join(dirname(path), `.removing-${randomUUID()}`);
  await rename(path, removing).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rm(removing, { recursive: true, force: true });
}
