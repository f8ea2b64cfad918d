import type { GitHostName } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export interface Repository {
  readonly roomId: string;
  readonly host: GitHostName;
  readonly state: 'setting_up' | 'awaiting_push' | 'ready';
  readonly defaultRef: string;
  readonly setupAttempt: number;
}

interface Row {
  room_id: string;
  host: GitHostName;
  state: Repository['state'];
  default_ref: string;
  setup_attempt: number;
}

const toRepository = (row: Row): Repository => ({
  roomId: row.room_id,
  host: row.host,
  state: row.state,
  defaultRef: row.default_ref,
  setupAttempt: row.setup_attempt,
});

export async function findRepository(tx: Tx, roomId: string): Promise<Repository | undefined> {
  const rows = await tx.query<Row>('SELECT * FROM git_repositories WHERE room_id = $1', [roomId]);
  return rows[0] && toRepository(rows[0]);
}

/**
 * Takes the set-up of a room's repository for `seconds`, unless another node holds it or this attempt is done.
 * The same call prolongs what this node holds.
 */
export async function takeSetup(
  tx: Tx,
  setup: { roomId: string; host: GitHostName; attempt: number; seconds: number; prolong: boolean },
): Promise<boolean> {
  const taken = await tx.execute(
    `INSERT INTO git_repositories (room_id, host, setup_attempt, setup_until)
     VALUES ($1, $2, $3, now() + make_interval(secs => $4))
     ON CONFLICT (room_id) DO UPDATE SET setup_attempt = $3, setup_until = now() + make_interval(secs => $4)
     WHERE git_repositories.state = 'setting_up'
       AND ($5 OR git_repositories.setup_until IS NULL OR git_repositories.setup_until < now())`,
    [setup.roomId, setup.host, setup.attempt, setup.seconds, setup.prolong],
  );
  return taken === 1;
}

/** Lets go of a set-up that has failed. */
export async function releaseSetup(tx: Tx, roomId: string): Promise<void> {
  await tx.execute('UPDATE git_repositories SET setup_until = NULL WHERE room_id = $1', [roomId]);
}

export async function saveRepositoryState(
  tx: Tx,
  roomId: string,
  state: Repository['state'],
  defaultRef: string,
): Promise<void> {
  await tx.execute(
    'UPDATE git_repositories SET state = $2, default_ref = $3, setup_until = NULL WHERE room_id = $1',
    [roomId, state, defaultRef],
  );
}

/** Asks for another look at the conflicts between the room's branches. */
export async function wantCheck(tx: Tx, roomId: string): Promise<void> {
  await tx.execute('UPDATE git_repositories SET check_wanted = true WHERE room_id = $1', [roomId]);
}

export async function checkDone(tx: Tx, roomId: string): Promise<void> {
  await tx.execute('UPDATE git_repositories SET check_wanted = false WHERE room_id = $1', [roomId]);
}

/** Rooms whose branches want a look, at most a hundred. */
export async function roomsToCheck(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ room_id: string }>(
    "SELECT room_id FROM git_repositories WHERE check_wanted AND state = 'ready' LIMIT 100",
  );
  return rows.map((row) => row.room_id);
}

/** Rooms whose repository is set up, ordered by id, after `after`. */
export async function readyRooms(tx: Tx, after: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ room_id: string }>(
    "SELECT room_id FROM git_repositories WHERE state = 'ready' AND room_id > $1 ORDER BY room_id LIMIT $2",
    [after, limit],
  );
  return rows.map((row) => row.room_id);
}
