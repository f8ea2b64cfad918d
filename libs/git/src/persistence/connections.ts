import { defineMigration, type Tx } from '@clawtank/database';
import type { Obstacle } from '../domain/obstacles.js';
import type { WebhookProvider } from '../domain/webhook-provider.js';

/** What was found to stand in the way at a room's code host, and when to look again. */
export const connectionsMigration = defineMigration(
  'GitConnections1700000016200',
  `
  ALTER TABLE git_repositories
    ADD COLUMN obstacles jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN checked_at timestamptz,
    -- Until then nobody looks: another is at it, or has looked not long ago.
    ADD COLUMN check_at timestamptz NOT NULL DEFAULT now();`,
  `
  ALTER TABLE git_repositories DROP COLUMN obstacles, DROP COLUMN checked_at, DROP COLUMN check_at;`,
);

/** Takes up a room on a code host that is to be looked at, for `seconds`. */
export async function takeConnectionCheck(
  tx: Tx,
  seconds: number,
): Promise<{ roomId: string; provider: WebhookProvider } | undefined> {
  const rows = await tx.query<{ room_id: string; host: WebhookProvider }>(
    `UPDATE git_repositories SET check_at = now() + make_interval(secs => $1)
     WHERE room_id = (SELECT room_id FROM git_repositories
       WHERE state = 'ready' AND host <> 'local' AND check_at <= now()
       ORDER BY check_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING room_id, host`,
    [seconds],
  );
  return rows[0] && { roomId: rows[0].room_id, provider: rows[0].host };
}

/** @returns false when the same was found before */
export async function saveObstacles(
  tx: Tx,
  roomId: string,
  obstacles: readonly Obstacle[],
  again: { readonly seconds: number },
): Promise<boolean> {
  const rows = await tx.query<{ changed: boolean }>(
    `UPDATE git_repositories g SET obstacles = $2, checked_at = now(),
       check_at = now() + make_interval(secs => $3)
     FROM (SELECT room_id, obstacles FROM git_repositories WHERE room_id = $1 FOR UPDATE) o
     WHERE g.room_id = o.room_id RETURNING o.obstacles <> $2::jsonb AS changed`,
    [roomId, JSON.stringify(obstacles), again.seconds],
  );
  return rows[0]?.changed ?? false;
}

export interface Connection {
  readonly obstacles: readonly Obstacle[];
  readonly checkedAt: Date | null;
}

export async function findConnection(tx: Tx, roomId: string): Promise<Connection> {
  const rows = await tx.query<{ obstacles: Obstacle[]; checked_at: Date | null }>(
    'SELECT obstacles, checked_at FROM git_repositories WHERE room_id = $1',
    [roomId],
  );
  return { obstacles: rows[0]?.obstacles ?? [], checkedAt: rows[0]?.checked_at ?? null };
}

/** What opens the repository has changed: everything about it is looked at anew. */
export async function renewConnection(tx: Tx, roomId: string): Promise<void> {
  await tx.execute('UPDATE git_repositories SET check_at = now(), limited_until = NULL WHERE room_id = $1', [
    roomId,
  ]);
  await tx.execute('UPDATE git_hooks SET try_at = now() WHERE room_id = $1 AND url IS NULL', [roomId]);
}

/** How the rooms of one code host stand. */
export interface ConnectionFigures {
  readonly provider: WebhookProvider;
  readonly rooms: number;
  /** Without a webhook that works. */
  readonly untold: number;
  /** What is wrong in one of these. */
  readonly trouble: string | null;
  readonly limitedUntil: Date | null;
  /** With something in the way of their work. */
  readonly hindered: number;
  readonly obstacle: Obstacle | null;
}

/** Of each code host that has rooms. */
export async function connectionFigures(tx: Tx): Promise<readonly ConnectionFigures[]> {
  const rows = await tx.query<{
    provider: WebhookProvider;
    rooms: number;
    untold: number;
    trouble: string | null;
    limited_until: Date | null;
    hindered: number;
    obstacle: Obstacle | null;
  }>(
    `SELECT g.host AS provider, count(*)::int AS rooms,
       count(*) FILTER (WHERE h.url IS NULL OR h.trouble IS NOT NULL)::int AS untold,
       max(h.trouble) AS trouble,
       max(g.limited_until) FILTER (WHERE g.limited_until > now()) AS limited_until,
       count(*) FILTER (WHERE g.obstacles <> '[]')::int AS hindered,
       (array_agg(g.obstacles -> 0) FILTER (WHERE g.obstacles <> '[]'))[1] AS obstacle
     FROM git_repositories g LEFT JOIN git_hooks h ON h.room_id = g.room_id AND h.provider = g.host
     WHERE g.host <> 'local' AND g.state = 'ready' GROUP BY g.host ORDER BY g.host`,
  );
  return rows.map(({ limited_until: limitedUntil, ...row }) => ({ ...row, limitedUntil }));
}
