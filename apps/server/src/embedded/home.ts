import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.js';
import { SELF } from './account.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isMissing, isTaken } from './errno.js';

/** For the database files of data folders that the unprivileged account cannot enter. */
export const SHARED_ROOT = '/var/lib/clawtank';

/** Where one data folder's database files are. */
export interface Home {
  readonly dir: string;
  readonly cluster: string;
  /** Whether `dir` lies outside the data folder. */
  readonly elsewhere: boolean;
}

const homeAt = (dir: string, elsewhere: boolean): Home => ({ dir, cluster: join(dir, 'cluster'), elsewhere });

const locationFile = (dataDir: string): string => join(dataDir, 'postgres-location');

/**
 * Where the database files of `dataDir` are or would be first looked for; makes nothing.
 *
 * @throws EmbeddedPostgresError when they were kept elsewhere and are gone: an empty database in their place
 * would hide the loss.
 */
export async function expectedHome(dataDir: string): Promise<Home> {
  const kept = await readFile(locationFile(dataDir), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '';
    throw error;
  });
  const dir = kept.trim();
  if (!dir) return homeAt(join(dataDir, 'postgres'), false);
  if (!existsSync(dir)) {
    throw new EmbeddedPostgresError(
      `the database files of ${dataDir} should be in ${dir} and are not there: put them back, or remove ${locationFile(dataDir)} to begin with an empty database`,
    );
  }
  return homeAt(dir, true);
}

const mayEnter = (dir: string, account: Account): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$0"', dir], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;

async function make(home: Home, account: Account): Promise<Home> {
  await mkdir(home.dir, { recursive: true });
  // Root keeps the folder, so that the unprivileged account owns its own files in it and nothing else.
  await chmod(home.dir, account === SELF ? 0o700 : 0o711);
  return home;
}

async function makeElsewhere(dataDir: string, account: Account): Promise<Home> {
  await mkdir(SHARED_ROOT, { recursive: true });
  await chmod(SHARED_ROOT, 0o711);
  const home = await make(homeAt(join(SHARED_ROOT, randomBytes(8).toString('hex')), true), account);
  try {
    await writeFile(locationFile(dataDir), `${home.dir}\n`, { flag: 'wx' });
    // For whoever finds this folder later and asks whose it is.
    await writeFile(join(home.dir, 'data-folder'), `${dataDir}\n`);
    return home;
  } catch (error) {
    if (!isTaken(error)) throw error;
    // Another start chose first; the folder lock decides between the two of us.
    await rmdir(home.dir);
    return expectedHome(dataDir);
  }
}

/**
 * The home of a data folder's database, made if missing: inside the data folder, or under
 * {@link SHARED_ROOT} when root's data folder lies where the unprivileged account may not go (below a 0700
 * home, for one).
 *
 * @throws EmbeddedPostgresError when existing files cannot be reached by their owner.
 */
export async function provideHome(dataDir: string, account: Account): Promise<Home> {
  const home = await make(await expectedHome(dataDir), account);
  if (mayEnter(home.dir, account)) return home;
  if (existsSync(home.cluster)) {
    throw new EmbeddedPostgresError(
      `${home.cluster} cannot be reached by the account that owns it (uid ${account.uid}): let it pass through the folders above (chmod a+x)`,
    );
  }
  await rmdir(home.dir);
  return makeElsewhere(dataDir, account);
}
