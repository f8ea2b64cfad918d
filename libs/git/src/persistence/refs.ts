import type { Actor } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export interface KnownRef {
  readonly ref: string;
  /** Null for one that was deleted. */
  readonly sha: string | null;
  /** Counts the recorded moves of this ref. */
  readonly moves: number;
  readonly taskId: string | null;
  /** The commit at which its conflicts were last looked at. */
  readonly checkedSha: string | null;
  readonly ahead: number;
  readonly behind: number;
  readonly updatedAt: Date;
}

interface Row {
  ref: string;
  sha: string | null;
  moves: number;
  task_id: string | null;
  checked_sha: string | null;
  ahead: number;
  behind: number;
  updated_at: Date;
}

const toKnownRef = (row: Row): KnownRef => ({
  ref: row.ref,
  sha: row.sha,
  moves: row.moves,
  taskId: row.task_id,
  checkedSha: row.checked_sha,
  ahead: row.ahead,
  behind: row.behind,
  updatedAt: row.updated_at,
});

/** Every ref that was ever recorded, ordered by name. */
export async function listKnownRefs(tx: Tx, roomId: string): Promise<KnownRef[]> {
  const rows = await tx.query<Row>('SELECT * FROM git_refs WHERE room_id = $1 ORDER BY ref', [roomId]);
  return rows.map(toKnownRef);
}

export async function findKnownRef(tx: Tx, roomId: string, ref: string): Promise<KnownRef | undefined> {
  const rows = await tx.query<Row>('SELECT * FROM git_refs WHERE room_id = $1 AND ref = $2', [roomId, ref]);
  return rows[0] && toKnownRef(rows[0]);
}

export interface SavedMove {
  readonly ref: string;
  readonly from: string | null;
  readonly to: string | null;
  /** The move's number: one more than the ref had before. */
  readonly move: number;
  readonly actor: Actor;
  /** The task that the move was made for. */
  readonly taskId: string | null;
  /** The task that the ref belongs to; the default branch belongs to none. */
  readonly refTaskId: string | null;
}

/** Saves one move of a ref. A second record of the same move violates the key, whoever makes it. */
export async function saveMove(tx: Tx, roomId: string, move: SavedMove): Promise<void> {
  await tx.execute(
    `INSERT INTO git_ref_updates (room_id, ref, move, old_sha, new_sha, actor, task_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [roomId, move.ref, move.move, move.from, move.to, JSON.stringify(move.actor), move.taskId],
  );
  await tx.execute(
    `INSERT INTO git_refs (room_id, ref, sha, moves, task_id) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (room_id, ref) DO UPDATE SET sha = $3, moves = $4, updated_at = now(),
       task_id = coalesce(git_refs.task_id, $5)`,
    [roomId, move.ref, move.to, move.move, move.refTaskId],
  );
}

/** Who made the latest recorded move of a ref. */
export async function lastMover(tx: Tx, roomId: string, ref: string): Promise<Actor | undefined> {
  const rows = await tx.query<{ actor: Actor }>(
    'SELECT actor FROM git_ref_updates WHERE room_id = $1 AND ref = $2 ORDER BY move DESC LIMIT 1',
    [roomId, ref],
  );
  return rows[0]?.actor;
}

export interface RefChecked {
  readonly ref: string;
  readonly sha: string;
  readonly ahead: number;
  readonly behind: number;
}

/** Notes that a ref's conflicts were looked at where it stands, and how far it is from the default branch. */
export async function saveChecked(tx: Tx, roomId: string, checked: RefChecked): Promise<void> {
  await tx.execute(
    'UPDATE git_refs SET checked_sha = $3, ahead = $4, behind = $5 WHERE room_id = $1 AND ref = $2 AND sha = $3',
    [roomId, checked.ref, checked.sha, checked.ahead, checked.behind],
  );
}

/** Has a ref looked at again although it did not move. */
export async function forgetChecked(tx: Tx, roomId: string, ref: string): Promise<void> {
  await tx.execute('UPDATE git_refs SET checked_sha = NULL WHERE room_id = $1 AND ref = $2', [roomId, ref]);
}

export interface OddMove {
  readonly ref: string;
  readonly sha: string;
  readonly move: number;
}

/** Nobody here made it: on the default branch, but not the first, which the room found; or on a branch that no claim holds. */
const ODD = `room_id = $1 AND judged_at IS NULL AND actor->>'kind' = 'system' AND new_sha IS NOT NULL
  AND ((ref = $2 AND move > 1) OR ref LIKE 'refs/heads/clawtank/%')`;

/** Moves that nobody has explained yet, oldest first. */
export async function listOddMoves(tx: Tx, roomId: string, defaultRef: string): Promise<OddMove[]> {
  return tx.query<OddMove & Record<string, unknown>>(
    `SELECT ref, new_sha AS sha, move FROM git_ref_updates WHERE ${ODD} ORDER BY at, move`,
    [roomId, defaultRef],
  );
}

/** @returns false when somebody else was faster */
export async function markJudged(tx: Tx, roomId: string, { ref, move }: OddMove): Promise<boolean> {
  const marked = await tx.execute(
    `UPDATE git_ref_updates SET judged_at = now()
     WHERE room_id = $1 AND ref = $2 AND move = $3 AND judged_at IS NULL`,
    [roomId, ref, move],
  );
  return marked === 1;
}
