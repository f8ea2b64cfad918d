import type { Tx } from '@clawtank/database';
import type { WebhookProvider } from '../domain/webhook-provider.js';

/** A webhook that is still at its host though its room is gone. */
export interface HookRemoval {
  readonly hookId: string;
  readonly roomId: string;
  readonly provider: WebhookProvider;
  readonly attempts: number;
  readonly ageHours: number;
}

/** Remembers what is to be taken back at its host, before a room goes with everything that says so. */
export async function keepHookRemovals(tx: Tx, roomId: string): Promise<void> {
  await tx.execute(
    `INSERT INTO git_hook_removals (hook_id, room_id, provider, full_name, sealed, try_at)
     SELECT h.id, h.room_id, h.provider, q.full_name, t.sealed,
       -- Whoever is at it now finds the room gone and takes back what it made.
       CASE WHEN h.url IS NULL THEN greatest(now(), h.try_at) ELSE now() END
     FROM git_hooks h JOIN room_repository_requests q ON q.room_id = h.room_id
     LEFT JOIN git_tokens t ON t.room_id = h.room_id
     WHERE h.room_id = $1 AND q.full_name IS NOT NULL
     ON CONFLICT DO NOTHING`,
    [roomId],
  );
}

/** Takes up a removal whose time has come, for `seconds`. */
export async function takeHookRemoval(tx: Tx, seconds: number): Promise<HookRemoval | undefined> {
  const rows = await tx.query<{
    hook_id: string;
    room_id: string;
    provider: WebhookProvider;
    attempts: number;
    age_hours: number;
  }>(
    `UPDATE git_hook_removals SET attempts = attempts + 1, try_at = now() + make_interval(secs => $1)
     WHERE hook_id = (SELECT hook_id FROM git_hook_removals WHERE try_at <= now()
       ORDER BY try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING hook_id, room_id, provider, attempts,
       (extract(epoch FROM now() - asked_at) / 3600)::float8 AS age_hours`,
    [seconds],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { hook_id: hookId, room_id: roomId, provider, attempts, age_hours: ageHours } = row;
  return { hookId, roomId, provider, attempts, ageHours };
}

export async function delayHookRemoval(tx: Tx, hookId: string, seconds: number): Promise<void> {
  await tx.execute(
    'UPDATE git_hook_removals SET try_at = now() + make_interval(secs => $2) WHERE hook_id = $1',
    [hookId, seconds],
  );
}

/** Done, or given up: the token goes with it. */
export async function endHookRemoval(tx: Tx, hookId: string): Promise<void> {
  await tx.execute('DELETE FROM git_hook_removals WHERE hook_id = $1', [hookId]);
}

/** What opens the repository of a room that is gone, as long as something is to be taken back there. */
export async function findRemovalLink(
  tx: Tx,
  roomId: string,
): Promise<{ fullName: string; sealed: string | null } | undefined> {
  const rows = await tx.query<{ full_name: string; sealed: string | null }>(
    'SELECT full_name, sealed FROM git_hook_removals WHERE room_id = $1',
    [roomId],
  );
  const [row] = rows;
  return row && { fullName: row.full_name, sealed: row.sealed };
}

/** The tokens that wait with removals. */
export function removalTokens(tx: Tx): Promise<{ room_id: string; sealed: string }[]> {
  return tx.query<{ room_id: string; sealed: string }>(
    'SELECT room_id, sealed FROM git_hook_removals WHERE sealed IS NOT NULL ORDER BY room_id',
  );
}

/** Seals the token of a removal anew, unless it is done meanwhile. */
export async function resealRemoval(tx: Tx, roomId: string, from: string, to: string): Promise<void> {
  await tx.execute('UPDATE git_hook_removals SET sealed = $3 WHERE room_id = $1 AND sealed = $2', [
    roomId,
    from,
    to,
  ]);
}
