import type { Tx } from '@clawtank/database';

export interface OpenedQuestion {
  readonly id: string;
  readonly roomId: string;
  readonly agentId: string;
  readonly taskId: string | null;
  readonly open: boolean;
}

export async function insertQuestion(
  tx: Tx,
  question: {
    readonly id: string;
    readonly roomId: string;
    readonly agentId: string;
    readonly taskId: string | null;
    readonly text: string;
    readonly options: readonly string[];
  },
): Promise<void> {
  await tx.execute(
    'INSERT INTO agent_questions (id, room_id, agent_id, task_id, text, options) VALUES ($1, $2, $3, $4, $5, $6)',
    [question.id, question.roomId, question.agentId, question.taskId, question.text, question.options],
  );
}

/** The room of a question, if that person has a role in it: others learn nothing of the question. */
export async function findRoomOfQuestion(
  tx: Tx,
  questionId: string,
  userId: string,
): Promise<string | undefined> {
  const rows = await tx.query<{ room_id: string }>(
    `SELECT q.room_id FROM agent_questions q
     JOIN room_members m ON m.room_id = q.room_id AND m.user_id = $2 WHERE q.id = $1`,
    [questionId, userId],
  );
  return rows[0]?.room_id;
}

/** Read under the room's lock. */
export async function findQuestion(tx: Tx, questionId: string): Promise<OpenedQuestion | undefined> {
  const rows = await tx.query<{
    id: string;
    room_id: string;
    agent_id: string;
    task_id: string | null;
    open: boolean;
  }>(
    `SELECT id, room_id, agent_id, task_id, answered_at IS NULL AND lapsed_at IS NULL AS open
     FROM agent_questions WHERE id = $1`,
    [questionId],
  );
  const row = rows[0];
  return (
    row && {
      id: row.id,
      roomId: row.room_id,
      agentId: row.agent_id,
      taskId: row.task_id,
      open: row.open,
    }
  );
}

export async function saveAnswer(tx: Tx, questionId: string, answer: string, userId: string): Promise<void> {
  await tx.execute(
    'UPDATE agent_questions SET answer = $2, answered_by = $3, answered_at = now() WHERE id = $1',
    [questionId, answer, userId],
  );
}

/** Closes the open questions of agents that have left. @returns the tasks they were about */
export async function lapseQuestions(tx: Tx, roomId: string, agentIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ task_id: string | null }>(
    `UPDATE agent_questions SET lapsed_at = now()
     WHERE room_id = $1 AND agent_id = ANY($2) AND answered_at IS NULL AND lapsed_at IS NULL
     RETURNING task_id`,
    [roomId, agentIds],
  );
  return [...new Set(rows.flatMap((row) => row.task_id ?? []))];
}

/** Whether the task's clock still waits for an answer, or for an approval. */
export async function hasOpenQuestion(tx: Tx, taskId: string): Promise<boolean> {
  const rows = await tx.query(
    `(SELECT 1 FROM agent_questions WHERE task_id = $1 AND answered_at IS NULL AND lapsed_at IS NULL LIMIT 1)
     UNION ALL (SELECT 1 FROM approvals WHERE task_id = $1 AND state = 'pending' LIMIT 1)`,
    [taskId],
  );
  return rows.length > 0;
}
