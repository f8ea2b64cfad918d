import type { Actor } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import type { Byline } from '../domain/author.js';

/** What each kind of act needs to be finished by somebody who knows nothing else. */
export interface IntentPayloads {
  /** A push that the hook has let through. */
  readonly push: {
    readonly actor: Actor;
    readonly taskId: string | null;
    readonly fence: number | null;
    readonly updates: readonly {
      readonly ref: string;
      /** Where the push found it, so that it can be passed on by somebody else. */
      readonly from?: string;
      readonly sha: string;
    }[];
  };
  /** A commit made from file contents; `parent` is what it follows. */
  readonly commit: {
    readonly actor: Actor;
    readonly taskId: string;
    readonly fence: number;
    readonly ref: string;
    readonly parent: string;
    /** Kept so that a retry writes the same commit. */
    readonly byline?: Byline | null;
  };
  readonly merge: {
    readonly actor: Actor;
    readonly taskId: string;
    readonly number: number;
    readonly head: string;
    readonly message: string;
    /** It waited for its turn. */
    readonly queued?: boolean;
  };
}
export type IntentKind = keyof IntentPayloads;

export interface Intent<K extends IntentKind> {
  readonly id: string;
  readonly roomId: string;
  readonly payload: IntentPayloads[K];
  /** Whole seconds, as git keeps time: part of what makes a repeated commit the same one. */
  readonly createdAt: Date;
}

interface Row<K extends IntentKind> {
  id: string;
  room_id: string;
  payload: IntentPayloads[K];
  created_at: Date;
}

const toIntent = <K extends IntentKind>(row: Row<K>): Intent<K> => ({
  id: row.id,
  roomId: row.room_id,
  payload: row.payload,
  createdAt: row.created_at,
});

/**
 * Writes an intent, or finds the open one of the same subject, whose payload then holds.
 * @param subject what only one open intent of its kind may be about
 */
export async function openIntent<K extends IntentKind>(
  tx: Tx,
  intent: { roomId: string; kind: K; subject: string; payload: IntentPayloads[K] },
): Promise<{ readonly intent: Intent<K>; readonly found: boolean }> {
  const added = await tx.query<Row<K>>(
    `INSERT INTO git_intents (id, room_id, kind, subject, payload) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (room_id, kind, subject) WHERE state = 'open' DO NOTHING RETURNING *`,
    [newId(), intent.roomId, intent.kind, intent.subject, JSON.stringify(intent.payload)],
  );
  const rows = added[0] ? added : await selectOpen<K>(tx, intent.roomId, intent.kind, intent.subject);
  const row = rows[0];
  if (!row) throw new Error(`the ${intent.kind} intent of ${intent.subject} is neither new nor open`);
  return { intent: toIntent(row), found: !added[0] };
}

const selectOpen = <K extends IntentKind>(
  tx: Tx,
  roomId: string,
  kind: K,
  subject: string,
): Promise<Row<K>[]> =>
  tx.query<Row<K>>(
    "SELECT * FROM git_intents WHERE room_id = $1 AND kind = $2 AND subject = $3 AND state = 'open'",
    [roomId, kind, subject],
  );

export async function closeIntent(tx: Tx, id: string, state: 'done' | 'failed'): Promise<void> {
  await tx.execute('UPDATE git_intents SET state = $2 WHERE id = $1', [id, state]);
}

/** Closes the intent of a subject that was carried out, or refused. */
export async function closeIntentsOf(
  tx: Tx,
  roomId: string,
  kind: IntentKind,
  subject: string,
  state: 'done' | 'failed' = 'done',
): Promise<void> {
  await tx.execute(
    "UPDATE git_intents SET state = $4 WHERE room_id = $1 AND kind = $2 AND subject = $3 AND state = 'open'",
    [roomId, kind, subject, state],
  );
}

/** Open intents that are at least `seconds` old, oldest first: whoever began them has most likely died. */
export async function staleIntents<K extends IntentKind>(
  tx: Tx,
  kind: K,
  seconds: number,
): Promise<Intent<K>[]> {
  const rows = await tx.query<Row<K>>(
    `SELECT * FROM git_intents WHERE kind = $1 AND state = 'open'
       AND created_at <= now() - make_interval(secs => $2) ORDER BY created_at LIMIT 100`,
    [kind, seconds],
  );
  return rows.map((row) => toIntent(row));
}

export interface MoveSource {
  readonly actor: Actor;
  readonly taskId: string | null;
  readonly fence: number | null;
}

/** Who announced that this ref would come to stand at this commit: the latest push or commit that said so. */
export async function announcedMove(
  tx: Tx,
  roomId: string,
  ref: string,
  sha: string,
): Promise<MoveSource | undefined> {
  const rows = await tx.query<{ actor: Actor; task_id: string | null; fence: number | null }>(
    `SELECT payload->'actor' AS actor, payload->>'taskId' AS task_id, (payload->>'fence')::int AS fence
     FROM git_intents WHERE room_id = $1 AND (
       (kind = 'push' AND payload->'updates' @> $2::jsonb) OR
       (kind = 'commit' AND state = 'open' AND payload->>'ref' = $3))
     ORDER BY created_at DESC, id DESC LIMIT 1`,
    [roomId, JSON.stringify([{ ref, sha }]), ref],
  );
  const row = rows[0];
  return row && { actor: row.actor, taskId: row.task_id, fence: row.fence };
}

/** Who is merging into the room's default branch now. */
export async function announcedMerge(tx: Tx, roomId: string): Promise<MoveSource | undefined> {
  const rows = await tx.query<{ actor: Actor; task_id: string }>(
    `SELECT payload->'actor' AS actor, payload->>'taskId' AS task_id FROM git_intents
     WHERE room_id = $1 AND kind = 'merge' AND state = 'open' ORDER BY created_at, id LIMIT 1`,
    [roomId],
  );
  const row = rows[0];
  return row && { actor: row.actor, taskId: row.task_id, fence: null };
}

/** True while a merge into the room's default branch is under way, this pull request's own left aside. */
export async function mergeUnderWay(tx: Tx, roomId: string, besides?: number): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM git_intents WHERE room_id = $1 AND kind = 'merge' AND state = 'open'
       AND ($2::int IS NULL OR (payload->>'number')::int <> $2) LIMIT 1`,
    [roomId, besides ?? null],
  );
  return rows.length > 0;
}

/** True while this very pull request is being merged. */
export async function mergeIsUnderWay(tx: Tx, roomId: string, number: number): Promise<boolean> {
  return (await selectOpen(tx, roomId, 'merge', `#${String(number)}`)).length > 0;
}

/** Forgets what was finished more than a week ago. */
export async function forgetOldIntents(tx: Tx): Promise<void> {
  await tx.execute(
    "DELETE FROM git_intents WHERE state <> 'open' AND created_at < now() - interval '7 days'",
  );
}
