import type { GitHostName } from '@clawtank/contracts';
import { defineMigration, type Tx } from '@clawtank/database';

/** What opens hosted repositories, and how their hosts treat us. */
export const hostConnectionsMigration = defineMigration(
  'HostConnections1700000016000',
  `
  CREATE TABLE git_tokens (
    room_id uuid PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
    -- Only ever sealed; it opens for this room alone.
    sealed text NOT NULL CHECK (sealed LIKE 'v1.%'),
    set_at timestamptz NOT NULL DEFAULT now()
  );
  ALTER TABLE git_repositories ADD COLUMN limited_until timestamptz;`,
  `
  ALTER TABLE git_repositories DROP COLUMN limited_until;
  DROP TABLE git_tokens;`,
);

export async function saveToken(tx: Tx, roomId: string, sealed: string): Promise<void> {
  await tx.execute(
    `INSERT INTO git_tokens (room_id, sealed) VALUES ($1, $2)
     ON CONFLICT (room_id) DO UPDATE SET sealed = $2, set_at = now()`,
    [roomId, sealed],
  );
}

export async function findToken(tx: Tx, roomId: string): Promise<string | undefined> {
  const rows = await tx.query<{ sealed: string }>('SELECT sealed FROM git_tokens WHERE room_id = $1', [
    roomId,
  ]);
  return rows[0]?.sealed;
}

/** Seals a token anew, unless somebody has replaced it meanwhile. */
export async function resealToken(tx: Tx, roomId: string, from: string, to: string): Promise<void> {
  await tx.execute('UPDATE git_tokens SET sealed = $3 WHERE room_id = $1 AND sealed = $2', [
    roomId,
    from,
    to,
  ]);
}

export function allTokens(tx: Tx): Promise<{ room_id: string; sealed: string }[]> {
  return tx.query<{ room_id: string; sealed: string }>(
    'SELECT room_id, sealed FROM git_tokens ORDER BY room_id',
  );
}

/** When a room's own token was given; null where it has none. */
export async function tokenSetAt(tx: Tx, roomId: string): Promise<Date | null> {
  const rows = await tx.query<{ set_at: Date }>('SELECT set_at FROM git_tokens WHERE room_id = $1', [roomId]);
  return rows[0]?.set_at ?? null;
}

/** The host of a room's repository; undefined for a room that is gone. */
export async function hostOf(tx: Tx, roomId: string): Promise<GitHostName | undefined> {
  const rows = await tx.query<{ host: GitHostName }>(
    'SELECT repository_host AS host FROM rooms WHERE id = $1',
    [roomId],
  );
  return rows[0]?.host;
}

/** Until then the host takes nothing more from us for these repositories. */
export async function saveLimit(tx: Tx, host: GitHostName, fullName: string, until: Date): Promise<void> {
  await tx.execute(
    `UPDATE git_repositories g SET limited_until = $3 FROM room_repository_requests q
     WHERE q.room_id = g.room_id AND q.host = $1 AND q.full_name = $2`,
    [host, fullName, until],
  );
}

/** When the host takes requests again, if it takes none now. */
export async function findLimit(tx: Tx, roomId: string): Promise<Date | null> {
  const rows = await tx.query<{ limited_until: Date }>(
    'SELECT limited_until FROM git_repositories WHERE room_id = $1 AND limited_until > now()',
    [roomId],
  );
  return rows[0]?.limited_until ?? null;
}
