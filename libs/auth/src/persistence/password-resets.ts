import type { Tx } from '@clawtank/database';
import { hashToken } from '../domain/agent-token.js';

/** Keeps a code, hashed; codes that were made before it for the same person end. @returns when it ends */
export async function insertPasswordReset(
  tx: Tx,
  userId: string,
  code: string,
  seconds: number,
): Promise<Date> {
  await tx.execute('UPDATE password_resets SET used_at = now() WHERE user_id = $1 AND used_at IS NULL', [
    userId,
  ]);
  const rows = await tx.query<{ expires_at: Date }>(
    `INSERT INTO password_resets (code_hash, user_id, expires_at)
     VALUES ($1, $2, now() + make_interval(secs => $3)) RETURNING expires_at`,
    [hashToken(code), userId, seconds],
  );
  return rows[0]?.expires_at ?? new Date(0);
}

/** Uses a code up. @returns whose it was; undefined for one that is unknown, used or has ended */
export async function usePasswordReset(tx: Tx, code: string): Promise<string | undefined> {
  const rows = await tx.query<{ user_id: string }>(
    `UPDATE password_resets SET used_at = now()
     WHERE code_hash = $1 AND used_at IS NULL AND expires_at > now() RETURNING user_id`,
    [hashToken(code)],
  );
  return rows[0]?.user_id;
}
