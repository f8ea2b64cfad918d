import { REFRESH_TOKEN_SECONDS } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { hashToken } from '../domain/agent-token.js';

const MAX_USER_AGENT_CHARS = 300;

/** Where a session is used, as the transport knows it. */
export interface SessionPlace {
  readonly userAgent: string;
  readonly address: string;
}

export interface RefreshRow {
  readonly family: string;
  readonly user_id: string;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly revoked_at: Date | null;
  /** The database's time, which all nodes share. */
  readonly now: Date;
}

/**
 * The row of a presented token, locked: two tabs that refresh at once take turns. One revoked token ends its whole
 * family: a successor that was made while its predecessor was being revoked is none either.
 */
export async function lockRefreshToken(tx: Tx, token: string): Promise<RefreshRow | undefined> {
  const rows = await tx.query<RefreshRow>(
    `SELECT family, user_id, expires_at, used_at, clock_timestamp() AS now,
            (SELECT min(revoked_at) FROM refresh_tokens f WHERE f.family = t.family) AS revoked_at
     FROM refresh_tokens t WHERE token_hash = $1 FOR UPDATE`,
    [hashToken(token)],
  );
  return rows[0];
}

export async function insertRefreshToken(
  tx: Tx,
  token: string,
  session: { readonly family: string; readonly userId: string; readonly place: SessionPlace },
): Promise<void> {
  const { family, userId, place } = session;
  await tx.execute(
    `INSERT INTO refresh_tokens (token_hash, family, user_id, expires_at, user_agent, address)
     VALUES ($1, $2, $3, now() + make_interval(secs => $4), $5, $6) ON CONFLICT DO NOTHING`,
    [
      hashToken(token),
      family,
      userId,
      REFRESH_TOKEN_SECONDS,
      place.userAgent.slice(0, MAX_USER_AGENT_CHARS),
      place.address,
    ],
  );
}

export async function markRefreshTokenUsed(tx: Tx, token: string): Promise<void> {
  await tx.execute('UPDATE refresh_tokens SET used_at = clock_timestamp() WHERE token_hash = $1', [
    hashToken(token),
  ]);
}

export async function revokeRefreshTokensOf(tx: Tx, userId: string): Promise<void> {
  await tx.execute('UPDATE refresh_tokens SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL', [
    userId,
  ]);
}

export async function revokeRefreshFamily(tx: Tx, family: string): Promise<void> {
  await tx.execute('UPDATE refresh_tokens SET revoked_at = now() WHERE family = $1 AND revoked_at IS NULL', [
    family,
  ]);
}
