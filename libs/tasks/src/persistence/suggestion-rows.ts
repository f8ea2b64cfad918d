import type { Actor, Priority, TaskSuggestionView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export interface SuggestionRow {
  readonly id: string;
  readonly room_id: string;
  readonly message_id: string;
  readonly title: string;
  readonly priority: Priority;
  readonly paths: string[];
  readonly confidence: number;
  readonly state: 'pending' | 'accepted' | 'dismissed';
  readonly created_at: Date;
}

const COLUMNS = 'id, room_id, message_id, title, priority, paths, confidence, state, created_at';

export async function findSuggestion(tx: Tx, roomId: string, id: string): Promise<SuggestionRow | undefined> {
  const rows = await tx.query<SuggestionRow>(
    `SELECT ${COLUMNS} FROM task_suggestions WHERE id = $1 AND room_id = $2`,
    [id, roomId],
  );
  return rows[0];
}

/** What waits for an answer, oldest first. */
export async function listPending(tx: Tx, roomId: string): Promise<SuggestionRow[]> {
  return tx.query<SuggestionRow>(
    `SELECT ${COLUMNS} FROM task_suggestions WHERE room_id = $1 AND state = 'pending' ORDER BY id`,
    [roomId],
  );
}

export interface NewSuggestion {
  readonly id: string;
  readonly roomId: string;
  readonly eventSeq: number;
  readonly messageId: string;
  readonly title: string;
  readonly priority: Priority;
  readonly paths: readonly string[];
  readonly confidence: number;
  readonly suggestedBy: Actor;
}

export async function insertSuggestion(tx: Tx, suggestion: NewSuggestion): Promise<void> {
  await tx.execute(
    `INSERT INTO task_suggestions (id, room_id, event_seq, message_id, title, priority, paths, confidence, suggested_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      suggestion.id,
      suggestion.roomId,
      suggestion.eventSeq,
      suggestion.messageId,
      suggestion.title,
      suggestion.priority,
      suggestion.paths,
      suggestion.confidence,
      JSON.stringify(suggestion.suggestedBy),
    ],
  );
}

export async function markAccepted(tx: Tx, id: string, taskId: string): Promise<void> {
  await tx.execute(`UPDATE task_suggestions SET state = 'accepted', task_id = $2 WHERE id = $1`, [
    id,
    taskId,
  ]);
}

export async function markDismissed(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.execute(`UPDATE task_suggestions SET state = 'dismissed' WHERE id = ANY($1)`, [ids]);
}

/** Blanks what was suggested from a message. */
export async function blankSuggestionsOf(
  tx: Tx,
  roomId: string,
  messageId: string,
): Promise<{ id: string; event_seq: number; state: SuggestionRow['state'] }[]> {
  return tx.query<{ id: string; event_seq: number; state: SuggestionRow['state'] }>(
    `UPDATE task_suggestions SET title = '', paths = '{}' WHERE room_id = $1 AND message_id = $2
     RETURNING id, event_seq, state`,
    [roomId, messageId],
  );
}

export const suggestionView = (row: SuggestionRow): TaskSuggestionView => ({
  id: row.id,
  room_id: row.room_id,
  message_id: row.message_id,
  title: row.title,
  priority: row.priority,
  paths: row.paths,
  confidence: row.confidence,
  created_at: row.created_at.toISOString(),
});
