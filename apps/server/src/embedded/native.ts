import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import type { Account } from './account.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isMissing, isTaken, isUnwritable } from './errno.js';

/** PostgreSQL's programs, in a place where the account can run them. */
export interface Native {
  readonly dir: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** What a child of ours sees: nothing of PGHOST, PGDATA and the like that the caller may have set. */
export const CHILD_ENV = { PATH: process.env.PATH ?? '/usr/bin:/bin', TZ: 'UTC', LC_MESSAGES: 'C' };

export interface PlatformPackage {
  readonly root: string;
  readonly version: string;
}

const PLATFORM = `${process.platform}-${process.arch}`;

async function findPlatformPackage(): Promise<PlatformPackage> {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${PLATFORM}`);
    const root = join(dirname(entry), '..');
    const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const version = manifest instanceof Object && 'version' in manifest ? String(manifest.version) : '0';
    return { root, version };
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `there is no embedded PostgreSQL for ${PLATFORM} in node_modules: run the installation again, or set DATABASE_URL to a PostgreSQL of your own`,
      { cause },
    );
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

const isLink = (value: unknown): value is Link =>
  value instanceof Object &&
  'source' in value &&
  'target' in value &&
  typeof value.source === 'string' &&
  typeof value.target === 'string';

/** npm archives hold no symbolic links; the package lists those that its libraries need. */
async function makeLinks(packageRoot: string): Promise<void> {
  const listed: unknown = JSON.parse(await readFile(join(packageRoot, 'native/pg-symlinks.json'), 'utf8'));
  for (const { source, target } of Array.isArray(listed) ? listed.filter(isLink) : []) {
    const link = join(packageRoot, target);
    await symlink(relative(dirname(link), join(packageRoot, source)), link).catch((error: unknown) => {
      if (!isTaken(error)) throw error;
    });
  }
}

const nativeAt = (packageRoot: string): Native => ({
  dir: join(packageRoot, 'native'),
  initdb: join(packageRoot, 'native/bin/initdb'),
  postgres: join(packageRoot, 'native/bin/postgres'),
});

/** Empty when the account can run the programs there, else why not. */
function whyUnusable(native: Native, account: Account): string {
  const probe = spawnSync(native.postgres, ['--version'], {
    ...account,
    cwd: '/',
    env: CHILD_ENV,
    encoding: 'utf8',
  });
  return probe.status === 0 ? '' : (probe.error?.message ?? probe.stderr.trim());
}

async function linkedInPlace(found: PlatformPackage, account: Account): Promise<Native | undefined> {
  try {
    await makeLinks(found.root);
  } catch (error) {
    if (!isUnwritable(error)) throw error;
  }
  const native = nativeAt(found.root);
  return whyUnusable(native, account) === '' ? native : undefined;
}

/** Gives the finished copy its name, unless another start was quicker; a damaged one there makes way. */
async function putInPlace(draft: string, target: string, isUsable: () => boolean): Promise<void> {
  if (!isUsable()) await rm(target, { recursive: true, force: true });
  await rename(draft, target).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!isTaken(error)) throw error;
  });
}

/** Copies the programs once per version; the finished copy appears under its name in one step. */
async function copied(found: PlatformPackage, account: Account, cacheRoot: string): Promise<Native> {
  const target = join(cacheRoot, `postgres-${found.version}-${PLATFORM}`);
  const native = nativeAt(target);
  if (whyUnusable(native, account) === '') return native;
  await mkdir(cacheRoot, { recursive: true, mode: 0o755 });
  const draft = `${target}.draft-${process.pid}`;
  const drafts = (await readdir(cacheRoot)).filter((name) => name.startsWith(`${basename(target)}.draft-`));
  const dead = drafts.filter((name) => !isRunning(Number(name.split('-').at(-1))));
  for (const name of dead) await rm(join(cacheRoot, name), { recursive: true, force: true });
  // Rewritten as absolute, the links would lead back to where the account may not go.
  await cp(join(found.root, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(draft);
  openToAll(draft);
  await putInPlace(draft, target, () => whyUnusable(native, account) === '');
  const reason = whyUnusable(native, account);
  if (reason) throw new EmbeddedPostgresError(`the embedded PostgreSQL cannot run here: ${reason}`);
  return native;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !isMissing(error);
  }
}

/** A strict umask would keep the unprivileged account out of a copy that root made. */
function openToAll(folder: string): void {
  spawnSync('chmod', ['-R', 'a+rX', folder]);
}

/**
 * PostgreSQL's programs for this platform: in place where `account` can run them there, else from a copy
 * under `cacheRoot` (60 MB, made once per version).
 *
 * @throws EmbeddedPostgresError when this platform has none or they do not run (musl, for one).
 */
export async function provideNative(
  account: Account,
  cacheRoot: string,
  source?: PlatformPackage,
): Promise<Native> {
  const found = source ?? (await findPlatformPackage());
  return (await linkedInPlace(found, account)) ?? (await copied(found, account, cacheRoot));
}
