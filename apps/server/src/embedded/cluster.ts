import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { Home } from './home.js';
import type { Native } from './native.js';
import { CHILD_ENV } from './native.js';

const run = promisify(execFile);

export const SUPERUSER = 'postgres';

export async function giveTo(account: Account, path: string): Promise<void> {
  if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
}

/**
 * The same order and case rules on every machine, whatever its system locale. C.UTF-8 of the C library is
 * still wanted for full-text parsing of non-English words; where it is missing (macOS), C must do.
 */
const LOCALES = [
  ['--locale=C', '--lc-ctype=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
];

async function initdb(native: Native, account: Account, target: string, passwordFile: string): Promise<void> {
  let refusal: unknown;
  for (const locale of LOCALES) {
    const args = ['-D', target, '-U', SUPERUSER, '--encoding=UTF8', '--auth=scram-sha-256', ...locale];
    try {
      await run(native.initdb, [...args, `--pwfile=${passwordFile}`], {
        ...account,
        cwd: '/',
        env: CHILD_ENV,
      });
      return;
    } catch (error) {
      refusal = error;
    }
  }
  const reason = refusal instanceof Object && 'stderr' in refusal ? String(refusal.stderr).trim() : '';
  throw new EmbeddedPostgresError(`could not create the embedded database in ${target}: ${reason}`, {
    cause: refusal,
  });
}

async function removeUnfinished(home: Home): Promise<void> {
  const unfinished = (await readdir(home.dir)).filter((name) => /^(cluster|password)\.new-/.test(name));
  await Promise.all(
    unfinished.map((name) => rm(join(home.dir, name), { recursive: true, force: true, maxRetries: 5 })),
  );
}

/**
 * Makes the database files if they do not exist. They get their name only when whole, so a start that was
 * killed half-way leaves nothing that the next one could take for a database.
 */
export async function provideCluster(
  home: Home,
  native: Native,
  account: Account,
  password: string,
): Promise<void> {
  await removeUnfinished(home);
  if (existsSync(home.cluster)) return;
  const suffix = `new-${process.pid}-${Date.now()}`;
  const draft = join(home.dir, `cluster.${suffix}`);
  const passwordFile = join(home.dir, `password.${suffix}`);
  await mkdir(draft, { mode: 0o700 });
  await giveTo(account, draft);
  await writeFile(passwordFile, password, { mode: 0o600 });
  await giveTo(account, passwordFile);
  try {
    await initdb(native, account, draft, passwordFile);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, home.cluster);
}
