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
  readonly depends_on: string[];
  readonly capabilities: string[];
  readonly languages: string[];
  readonly due: string | null;
  readonly further_message_ids: string[];
  readonly follow_up_of: string | null;
  readonly state: 'pending' | 'accepted' | 'dismissed';
  readonly created_at: Date;
}

const COLUMNS =
  'id, room_id, message_id, title, priority, paths, confidence, depends_on, capabilities, languages, state, created_at, ' +
  'deadline::text AS due, further_message_ids, follow_up_of';

export async function findSuggestion(tx: Tx, roomId: string, id: string): Promise<SuggestionRow | undefined> {
  const rows = await tx.query<SuggestionRow>(
    `SELECT ${COLUMNS} FROM task_suggestions WHERE id = $1 AND room_id = $2`,
    [id, roomId],
  );
  return rows[0];
}

/** What was heard in a message and waits for an answer. */
export async function listPendingOf(tx: Tx, roomId: string, messageId: string): Promise<SuggestionRow[]> {
  return tx.query<SuggestionRow>(
    `SELECT ${COLUMNS} FROM task_suggestions
     WHERE room_id = $1 AND state = 'pending' AND (message_id = $2 OR $2 = ANY(further_message_ids)) ORDER BY id`,
    [roomId, messageId],
  );
}

export interface SuggestionChange {
  readonly messageId: string;
  readonly eventSeq: number;
  readonly priority: Priority;
  readonly deadline: string | null;
  readonly paths: readonly string[];
}

/** Writes what a later message said of it, and that it was heard there too. */
export async function amendSuggestion(tx: Tx, id: string, change: SuggestionChange): Promise<void> {
  await tx.execute(
    `UPDATE task_suggestions SET priority = $2, deadline = $3, paths = $4,
       further_message_ids = further_message_ids || $5::uuid, further_event_seqs = further_event_seqs || $6::bigint
     WHERE id = $1`,
    [id, change.priority, change.deadline, change.paths, change.messageId, change.eventSeq],
  );
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
  readonly dependsOn: readonly string[];
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  readonly deadline: string | null;
  /** Besides the one that it was heard in. */
  readonly furtherMessageIds: readonly string[];
  readonly followUpOf: string | null;
  readonly suggestedBy: Actor;
}

export async function insertSuggestion(tx: Tx, suggestion: NewSuggestion): Promise<void> {
  await tx.execute(
    `INSERT INTO task_suggestions (id, room_id, event_seq, message_id, title, priority, paths, confidence, suggested_by,
                                   depends_on, capabilities, languages, deadline, further_message_ids, follow_up_of)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
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
      suggestion.dependsOn,
      suggestion.capabilities,
      suggestion.languages,
      suggestion.deadline,
      suggestion.furtherMessageIds,
      suggestion.followUpOf,
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

interface BlankedSuggestion {
  readonly id: string;
  /** Where the log tells of it. */
  readonly event_seqs: number[];
  readonly state: SuggestionRow['state'];
}

/** Blanks what was heard in a message, though it be in part. */
export async function blankSuggestionsOf(
  tx: Tx,
  roomId: string,
  messageId: string,
): Promise<BlankedSuggestion[]> {
  return tx.query<BlankedSuggestion>(
    `UPDATE task_suggestions SET title = '', paths = '{}'
     WHERE room_id = $1 AND (message_id = $2 OR $2 = ANY(further_message_ids))
     RETURNING id, array_to_json(event_seq || further_event_seqs) AS event_seqs, state`,
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
  deadline: row.due,
  source_message_ids: [row.message_id, ...row.further_message_ids],
  follow_up_of: row.follow_up_of,
  created_at: row.created_at.toISOString(),
});
