import { REFRESH_TOKEN_SECONDS } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { hashToken } from '../domain/agent-token.js';

export interface RefreshRow {
  readonly family: string;
  readonly user_id: string;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly revoked_at: Date | null;
  /** The database's time, which all nodes share. */
  readonly now: Date;
}

/** The row of a presented token, locked: two tabs that refresh at once take turns. */
export async function lockRefreshToken(tx: Tx, token: string): Promise<RefreshRow | undefined> {
  const rows = await tx.query<RefreshRow>(
    `SELECT family, user_id, expires_at, used_at, revoked_at, clock_timestamp() AS now
     FROM refresh_tokens WHERE token_hash = $1 FOR UPDATE`,
    [hashToken(token)],
  );
  return rows[0];
}

export async function insertRefreshToken(
  tx: Tx,
  token: string,
  family: string,
  userId: string,
): Promise<void> {
  await tx.execute(
    `INSERT INTO refresh_tokens (token_hash, family, user_id, expires_at)
     VALUES ($1, $2, $3, now() + make_interval(secs => $4)) ON CONFLICT DO NOTHING`,
    [hashToken(token), family, userId, REFRESH_TOKEN_SECONDS],
  );
}

export async function markRefreshTokenUsed(tx: Tx, token: string): Promise<void> {
  await tx.execute('UPDATE refresh_tokens SET used_at = clock_timestamp() WHERE token_hash = $1', [
    hashToken(token),
  ]);
}

export async function revokeRefreshFamily(tx: Tx, family: string): Promise<void> {
  await tx.execute('UPDATE refresh_tokens SET revoked_at = now() WHERE family = $1 AND revoked_at IS NULL', [
    family,
  ]);
}
