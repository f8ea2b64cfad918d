import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** Who PostgreSQL runs as. Both are absent when that is simply the user of this process. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

export const SELF: Account = {};

const isRoot = (): boolean => process.getuid?.() === 0;

/** System accounts with few rights, best first. It must be one with a name: `initdb` refuses bare numbers. */
const UNPRIVILEGED = ['nobody', 'postgres', 'daemon'];

function systemAccounts(): Account[] {
  if (!existsSync('/etc/passwd')) return [];
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return UNPRIVILEGED.flatMap((name) => {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    // macOS writes nobody as -2.
    return uid && gid ? [{ uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }] : [];
  });
}

const usable = (account: Account): boolean =>
  account.uid !== 0 && spawnSync('/bin/sh', ['-c', ':'], { ...account, cwd: '/' }).status === 0;

/**
 * The account for the files in `cluster`: their owner where they exist already, else this user, or for root,
 * whom PostgreSQL refuses, an unprivileged one.
 *
 * @throws EmbeddedPostgresError when the files belong to somebody whom this process cannot become.
 */
export function accountFor(cluster: string): Account {
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  if (!isRoot()) {
    if (owner && owner.uid !== process.getuid?.()) {
      throw new EmbeddedPostgresError(
        `${cluster} belongs to another user (uid ${owner.uid}): start ClawTank as that user or as root, or choose another data folder`,
      );
    }
    return SELF;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const found = systemAccounts().find(usable);
  if (!found) {
    throw new EmbeddedPostgresError(
      'PostgreSQL does not run as root and no unprivileged account could be used: start ClawTank as an ordinary user, or set DATABASE_URL',
    );
  }
  return found;
}
