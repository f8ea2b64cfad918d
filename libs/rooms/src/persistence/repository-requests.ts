import type { Tx } from '@clawtank/database';
import type { RepositoryRequest } from '../domain/room.js';

interface RequestRow {
  room_id: string;
  slug: string;
  host: RepositoryRequest['host'];
  source: RepositoryRequest['source'];
  url: string | null;
  full_name: string | null;
  attempt: number;
}

const SELECT_REQUEST = `SELECT q.room_id, r.slug, q.host, q.source, q.url, q.full_name, q.attempt
  FROM room_repository_requests q JOIN rooms r ON r.id = q.room_id`;

const toRequest = (row: RequestRow): RepositoryRequest => ({
  roomId: row.room_id,
  slug: row.slug,
  host: row.host,
  source: row.source,
  url: row.url,
  fullName: row.full_name,
  attempt: row.attempt,
});

/** What the room's repository is to be made from. */
export async function findRepositoryRequest(tx: Tx, roomId: string): Promise<RepositoryRequest | undefined> {
  const rows = await tx.query<RequestRow>(`${SELECT_REQUEST} WHERE q.room_id = $1`, [roomId]);
  return rows[0] && toRequest(rows[0]);
}

/** Requests of rooms that are still being set up and have not failed; the oldest first. */
export async function openRepositoryRequests(tx: Tx): Promise<RepositoryRequest[]> {
  const rows = await tx.query<RequestRow>(
    `${SELECT_REQUEST} WHERE r.state = 'initializing' AND r.setup_error IS NULL ORDER BY q.created_at LIMIT 100`,
  );
  return rows.map(toRequest);
}

/** Keeps how the repository of a new room is to be made. */
export async function insertRepositoryRequest(
  tx: Tx,
  roomId: string,
  request: Pick<RepositoryRequest, 'host' | 'source' | 'url' | 'fullName'>,
): Promise<void> {
  await tx.execute(
    `INSERT INTO room_repository_requests (room_id, host, source, url, full_name) VALUES ($1, $2, $3, $4, $5)`,
    [roomId, request.host, request.source, request.url, request.fullName],
  );
}

/** Starts another attempt at the set-up. */
export async function retryRepositoryRequest(tx: Tx, roomId: string): Promise<void> {
  await tx.execute('UPDATE room_repository_requests SET attempt = attempt + 1 WHERE room_id = $1', [roomId]);
}
