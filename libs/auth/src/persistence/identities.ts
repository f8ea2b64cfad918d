import type { SignInProviderId } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import type { Profile } from '../domain/profile.js';
import type { UserRow } from './users.js';

export interface IdentityRow {
  readonly id: string;
  readonly user_id: string;
  readonly provider: SignInProviderId;
  readonly account: string;
  readonly linked_at: Date;
  readonly last_used_at: Date | null;
}

type Who = Pick<Profile, 'issuer' | 'subject'>;

const COLUMNS = 'id, user_id, provider, account, linked_at, last_used_at';

/** One transaction at a time speaks for an account elsewhere, known here or not. */
export async function lockIdentity(tx: Tx, { issuer, subject }: Who): Promise<IdentityRow | undefined> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${issuer} ${subject}`]);
  const rows = await tx.query<IdentityRow>(
    `SELECT ${COLUMNS} FROM user_identities WHERE issuer = $1 AND subject = $2`,
    [issuer, subject],
  );
  return rows[0];
}

export async function insertIdentity(
  tx: Tx,
  userId: string,
  { provider, issuer, subject, account }: Profile,
  used: boolean,
): Promise<void> {
  await tx.execute(
    `INSERT INTO user_identities (id, user_id, provider, issuer, subject, account, last_used_at)
     VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $7 THEN now() END)`,
    [newId(), userId, provider, issuer, subject, account, used],
  );
}

/** Notes a sign-in; names change elsewhere, subjects do not. */
export async function useIdentity(tx: Tx, id: string, account: string): Promise<void> {
  await tx.execute('UPDATE user_identities SET last_used_at = now(), account = $2 WHERE id = $1', [
    id,
    account,
  ]);
}

export async function listIdentities(tx: Tx, userId: string): Promise<IdentityRow[]> {
  return tx.query<IdentityRow>(
    `SELECT ${COLUMNS} FROM user_identities WHERE user_id = $1 ORDER BY linked_at`,
    [userId],
  );
}

/** The person whom an account elsewhere opens the one here of, as its issuer names it; nobody who is suspended. */
export async function findLinkedUser(
  tx: Pick<Tx, 'query'>,
  { issuer, subject }: Who,
): Promise<Pick<UserRow, 'id' | 'display_name'> | undefined> {
  const rows = await tx.query<Pick<UserRow, 'id' | 'display_name'>>(
    `SELECT u.id, u.display_name FROM user_identities i JOIN users u ON u.id = i.user_id
     WHERE i.issuer = $1 AND i.subject = $2 AND u.suspended_at IS NULL`,
    [issuer, subject],
  );
  return rows[0];
}

export async function deleteIdentity(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM user_identities WHERE id = $1', [id]);
}

/** True the first time; what is older than any attempt lasts is forgotten. */
export async function useAttempt(tx: Tx, id: string): Promise<boolean> {
  await tx.execute(`DELETE FROM used_sign_in_attempts WHERE used_at < now() - interval '1 hour'`);
  const used = await tx.execute('INSERT INTO used_sign_in_attempts (id) VALUES ($1) ON CONFLICT DO NOTHING', [
    id,
  ]);
  return used === 1;
}
