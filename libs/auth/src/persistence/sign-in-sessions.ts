import type { Tx } from '@clawtank/database';

type Queryable = Pick<Tx, 'query'>;

/** A session that may go on: a family of refresh tokens whose last is neither used nor past its time. */
export interface SessionRow {
  readonly family: string;
  readonly user_agent: string;
  readonly address: string;
  readonly opened_at: Date;
  readonly last_used_at: Date;
}

/** The person's open sessions, latest use first. */
export function listSessions(tx: Queryable, userId: string): Promise<SessionRow[]> {
  return tx.query<SessionRow>(
    `SELECT family, user_agent, address, created_at AS last_used_at,
            (SELECT min(created_at) FROM refresh_tokens f WHERE f.family = t.family) AS opened_at
     FROM refresh_tokens t
     WHERE user_id = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()
       AND NOT EXISTS (SELECT 1 FROM refresh_tokens f WHERE f.family = t.family AND f.revoked_at IS NOT NULL)
     ORDER BY created_at DESC, family`,
    [userId],
  );
}

/**
 * Ends the person's sessions with these ids, or all others.
 * @returns the ids of those that were open
 */
export async function endSessions(
  tx: Tx,
  userId: string,
  which: { readonly id: string } | { readonly except: string | null },
): Promise<readonly string[]> {
  const [only, except] = 'id' in which ? [which.id, null] : [null, which.except];
  const rows = await tx.query<{ family: string }>(
    `WITH ended AS (
       UPDATE refresh_tokens SET revoked_at = now()
       WHERE user_id = $1 AND revoked_at IS NULL
         AND ($2::uuid IS NULL OR family = $2) AND ($3::uuid IS NULL OR family <> $3)
       RETURNING family, used_at, expires_at)
     SELECT DISTINCT family FROM ended WHERE used_at IS NULL AND expires_at > now()`,
    [userId, only, except],
  );
  return rows.map(({ family }) => family);
}

/** Those of these sessions that were ended. */
export async function findEndedSessions(tx: Queryable, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ family: string }>(
    'SELECT DISTINCT family FROM refresh_tokens WHERE family = ANY($1) AND revoked_at IS NOT NULL',
    [ids],
  );
  return new Set(rows.map(({ family }) => family));
}
