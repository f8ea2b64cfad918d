import type { Actor, ApprovalKind, ApprovalView, Autonomy } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

type Verdict = Exclude<ApprovalView['state'], 'pending'>;

/** An approval that was asked for. */
export interface Approval {
  readonly id: string;
  readonly roomId: string;
  readonly kind: ApprovalKind;
  readonly taskId: string | null;
  readonly agentId: string;
  readonly ownerId: string;
  readonly subject: string;
  readonly state: ApprovalView['state'];
  readonly expiresAt: Date | null;
}

const SELECT = `SELECT id, room_id AS "roomId", kind, task_id AS "taskId", agent_id AS "agentId",
  owner_id AS "ownerId", subject, state, expires_at AS "expiresAt" FROM approvals`;

type Row = Approval & Record<string, unknown>;

/** The room of an approval, if that person has a role in it: others learn nothing of the approval. */
export async function findRoomOfApproval(
  tx: Tx,
  approvalId: string,
  userId: string,
): Promise<string | undefined> {
  const rows = await tx.query<{ room_id: string }>(
    `SELECT a.room_id FROM approvals a
     JOIN room_members m ON m.room_id = a.room_id AND m.user_id = $2 WHERE a.id = $1`,
    [approvalId, userId],
  );
  return rows[0]?.room_id;
}

/** Read under the room's lock. */
export async function findApproval(tx: Tx, id: string): Promise<Approval | undefined> {
  return (await tx.query<Row>(`${SELECT} WHERE id = $1`, [id]))[0];
}

/** The latest that an agent asked for, of a kind on a task. */
export async function latestApproval(
  tx: Tx,
  { agentId, taskId, kind }: Pick<Approval, 'agentId' | 'taskId' | 'kind'>,
): Promise<Approval | undefined> {
  const rows = await tx.query<Row>(
    `${SELECT} WHERE agent_id = $1 AND task_id = $2 AND kind = $3 ORDER BY created_at DESC, id DESC LIMIT 1`,
    [agentId, taskId, kind],
  );
  return rows[0];
}

export type NewApproval = Omit<Approval, 'state' | 'expiresAt'> & {
  readonly detail: string;
  readonly by: Actor;
  readonly minutes: number;
};

/** @returns when it ends if nobody decides */
export async function insertApproval(tx: Tx, approval: NewApproval): Promise<Date> {
  const rows = await tx.query<{ expires_at: Date }>(
    `INSERT INTO approvals (id, room_id, kind, task_id, agent_id, owner_id, subject, detail, requested_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp() + make_interval(mins => $10))
     RETURNING expires_at`,
    [
      approval.id,
      approval.roomId,
      approval.kind,
      approval.taskId,
      approval.agentId,
      approval.ownerId,
      approval.subject,
      approval.detail,
      JSON.stringify(approval.by),
      approval.minutes,
    ],
  );
  return rows[0]?.expires_at ?? new Date();
}

/** Resolves a pending approval. False when it is no longer pending. */
export async function saveVerdict(
  tx: Tx,
  approvalId: string,
  state: Verdict,
  userId: string | null,
): Promise<boolean> {
  const count = await tx.execute(
    `UPDATE approvals SET state = $2, resolved_at = now(), resolved_by = $3 WHERE id = $1 AND state = 'pending'`,
    [approvalId, state, userId],
  );
  return count === 1;
}

/** What is bound to something else than what is there now, pending or granted, is over. @returns those */
export async function lapseOthers(
  tx: Tx,
  taskId: string,
  kinds: readonly ApprovalKind[],
  subject: string,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE approvals SET state = 'lapsed', resolved_at = now()
     WHERE task_id = $1 AND kind = ANY($2) AND subject <> $3 AND state IN ('pending', 'granted') RETURNING id`,
    [taskId, kinds, subject],
  );
  return rows.map((row) => row.id);
}

/** Rooms with an approval that nobody gave in time; ascending. */
export async function roomsWithOverdueApprovals(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ room_id: string }>(
    `SELECT DISTINCT room_id FROM approvals
     WHERE state = 'pending' AND expires_at <= clock_timestamp() ORDER BY room_id LIMIT 500`,
  );
  return rows.map((row) => row.room_id);
}

/** Asked again under the room's lock. */
export async function listOverdueApprovals(tx: Tx, roomId: string): Promise<Approval[]> {
  return tx.query<Row>(
    `${SELECT} WHERE room_id = $1 AND state = 'pending' AND expires_at <= clock_timestamp() ORDER BY created_at`,
    [roomId],
  );
}

/** What an agent is set to in a room; null where it has the room's. */
export async function findAutonomy(tx: Tx, roomId: string, agentId: string): Promise<Autonomy | null> {
  const rows = await tx.query<{ autonomy: Autonomy | null }>(
    'SELECT autonomy FROM room_agents WHERE room_id = $1 AND agent_id = $2',
    [roomId, agentId],
  );
  return rows[0]?.autonomy ?? null;
}

/** True when it was something else before. */
export async function saveAutonomy(
  tx: Tx,
  roomId: string,
  agentId: string,
  autonomy: Autonomy | null,
): Promise<boolean> {
  const count = await tx.execute(
    `UPDATE room_agents SET autonomy = $3
     WHERE room_id = $1 AND agent_id = $2 AND autonomy IS DISTINCT FROM $3`,
    [roomId, agentId, autonomy],
  );
  return count === 1;
}

/** People who work in a room, without one of them. */
export async function countOtherPeople(tx: Tx, roomId: string, userId: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    "SELECT count(*) FROM room_members WHERE room_id = $1 AND role <> 'spectator' AND user_id <> $2",
    [roomId, userId],
  );
  return rows[0]?.count ?? 0;
}
