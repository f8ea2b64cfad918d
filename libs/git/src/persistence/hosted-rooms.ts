import type { Tx } from '@clawtank/database';
import type { WebhookProvider } from '../domain/webhook-provider.js';

type Queryable = Pick<Tx, 'query'>;

/** The room of a webhook, while it has that webhook. */
export async function roomOfHook(tx: Queryable, hookId: string): Promise<string | undefined> {
  const rows = await tx.query<{ room_id: string }>('SELECT room_id FROM git_hooks WHERE id = $1', [hookId]);
  return rows[0]?.room_id;
}

/** The rooms around a repository of a host, whose names do not tell upper from lower case. */
export async function roomsAround(
  tx: Queryable,
  provider: WebhookProvider,
  fullName: string,
): Promise<string[]> {
  const rows = await tx.query<{ room_id: string }>(
    `SELECT g.room_id FROM git_repositories g JOIN room_repository_requests q ON q.room_id = g.room_id
     WHERE g.host = $1 AND lower(q.full_name) = lower($2) ORDER BY g.room_id`,
    [provider, fullName],
  );
  return rows.map((row) => row.room_id);
}

/** Rooms whose repository is set up on a code host, ordered by id, after `after`. */
export async function hostedRooms(tx: Queryable, after: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ room_id: string }>(
    `SELECT room_id FROM git_repositories WHERE state = 'ready' AND host <> 'local' AND room_id > $1
     ORDER BY room_id LIMIT $2`,
    [after, limit],
  );
  return rows.map((row) => row.room_id);
}
