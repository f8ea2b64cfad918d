import type {
  Actor,
  AgentStatus,
  ApprovalView,
  Autonomy,
  BanView,
  DecisionView,
  MemberView,
  QuestionView,
  RoomAgentView,
} from '@clawtank/contracts';
import { type AgentRow, agentView, findAgents, findUsers, userView } from '@clawtank/auth';
import type { Tx } from '@clawtank/database';

interface MemberRow {
  user_id: string;
  role: MemberView['role'];
  joined_at: Date;
}

/** Everybody who has a role in the room, the host first, then as they joined. */
export async function listMembers(tx: Tx, roomId: string): Promise<MemberView[]> {
  const rows = await tx.query<MemberRow>(
    `SELECT user_id, role, joined_at FROM room_members WHERE room_id = $1
     ORDER BY role <> 'host', joined_at, user_id`,
    [roomId],
  );
  const users = await findUsers(
    tx,
    rows.map((row) => row.user_id),
  );
  const views = new Map(users.map((user) => [user.id, userView(user)]));
  return rows.flatMap((row) => {
    const user = views.get(row.user_id);
    return user ? [{ user, role: row.role, joined_at: row.joined_at.toISOString() }] : [];
  });
}

/** Whom the host has shut out, the last one first. */
export async function listBans(tx: Tx, roomId: string): Promise<BanView[]> {
  const rows = await tx.query<{ user_id: string; banned_by: string; created_at: Date }>(
    `SELECT user_id, banned_by, created_at FROM room_bans WHERE room_id = $1
     ORDER BY created_at DESC, user_id LIMIT 500`,
    [roomId],
  );
  const users = await findUsers(
    tx,
    rows.map((row) => row.user_id),
  );
  const views = new Map(users.map((user) => [user.id, userView(user)]));
  return rows.flatMap(({ user_id, banned_by, created_at }) => {
    const user = views.get(user_id);
    return user ? [{ user, banned_by, created_at: created_at.toISOString() }] : [];
  });
}

interface RoomAgentRow {
  agent_id: string;
  connected: boolean;
  status: AgentStatus;
  task_id: string | null;
  progress: number | null;
  detail: string | null;
  model: string;
  capabilities: string[];
  languages: string[];
  max_concurrent_tasks: number;
  paused: boolean;
  autonomy: Autonomy | null;
  last_seen_at: Date;
}

/** Every agent that has joined the room, those that have left too. */
export async function listRoomAgents(tx: Tx, roomId: string): Promise<RoomAgentView[]> {
  const rows = await tx.query<RoomAgentRow>(
    `SELECT ra.agent_id, ra.left_at IS NULL AS connected, ra.status, ra.task_id, ra.progress, ra.detail,
            ra.model, ra.capabilities, ra.languages, ra.max_concurrent_tasks, ra.paused, ra.autonomy,
            least(p.last_seen_at, ra.left_at) AS last_seen_at
     FROM room_agents ra JOIN agent_presence p ON p.agent_id = ra.agent_id
     WHERE ra.room_id = $1 AND ra.joined_at IS NOT NULL
     ORDER BY ra.joined_at, ra.agent_id`,
    [roomId],
  );
  const agents = await findAgents(
    tx,
    rows.map((row) => row.agent_id),
  );
  const views = new Map(agents.map((agent: AgentRow) => [agent.id, agentView(agent)]));
  return rows.flatMap(({ agent_id, last_seen_at, ...row }) => {
    const agent = views.get(agent_id);
    return agent ? [{ agent, ...row, last_seen_at: last_seen_at.toISOString() }] : [];
  });
}

/** Decisions of the room, oldest first. */
export async function listDecisions(tx: Tx, roomId: string): Promise<DecisionView[]> {
  const rows = await tx.query<{ id: string; text: string; by: Actor; created_at: Date }>(
    `SELECT id, text, made_by AS by, created_at FROM room_decisions WHERE room_id = $1 ORDER BY created_at, id`,
    [roomId],
  );
  return rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() }));
}

/** The newest questions of the room's agents, oldest of them first; `open` leaves out the closed ones. */
export async function listQuestions(tx: Tx, roomId: string, open: boolean): Promise<QuestionView[]> {
  const rows = await tx.query<Omit<QuestionView, 'created_at'> & { created_at: Date }>(
    `SELECT * FROM (
       SELECT id AS question_id, agent_id, task_id, text, options, answer, created_at
       FROM agent_questions
       WHERE room_id = $1 AND (NOT $2 OR (answered_at IS NULL AND lapsed_at IS NULL))
       ORDER BY created_at DESC, id DESC LIMIT 200
     ) newest ORDER BY created_at, question_id`,
    [roomId, open],
  );
  return rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() }));
}

/** The newest approvals of the room, oldest of them first; `open` leaves out the resolved ones. */
export async function listApprovals(tx: Tx, roomId: string, open: boolean): Promise<ApprovalView[]> {
  type Row = Omit<ApprovalView, 'created_at' | 'expires_at'> & { created_at: Date; expires_at: Date | null };
  const rows = await tx.query<Row>(
    `SELECT * FROM (
       SELECT id AS approval_id, kind, task_id, agent_id, requested_by, detail, subject, expires_at, state, created_at
       FROM approvals
       WHERE room_id = $1 AND (NOT $2 OR state = 'pending')
       ORDER BY created_at DESC, id DESC LIMIT 200
     ) newest ORDER BY created_at, approval_id`,
    [roomId, open],
  );
  return rows.map((row) => ({
    ...row,
    expires_at: row.expires_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  }));
}

export async function insertDecision(
  tx: Tx,
  roomId: string,
  decision: { readonly id: string; readonly text: string; readonly by: Actor },
): Promise<void> {
  await tx.execute('INSERT INTO room_decisions (id, room_id, text, made_by) VALUES ($1, $2, $3, $4)', [
    decision.id,
    roomId,
    decision.text,
    JSON.stringify(decision.by),
  ]);
}
