import type { Actor, ApprovalKind, EventMap } from '@clawtank/contracts';
import { actorOf, type Caller } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { ALLOWED, enforce, newId, type Verdict } from '@clawtank/kernel';
import {
  type Author,
  autonomyOf,
  mayApproveWork,
  mayAskForChanges,
  needsApproval,
} from '../domain/approvals.js';
import { deny } from '../domain/failures.js';
import type { Room } from '../domain/room.js';
import {
  type Approval,
  countOtherPeople,
  findAutonomy,
  insertApproval,
  lapseOthers,
  latestApproval,
  saveVerdict,
} from '../persistence/approvals.js';

/** What an agent is about to do. */
export interface Asked {
  readonly kind: ApprovalKind;
  readonly taskId: string;
  /** What exactly: the commit, or the claim's number. Another subject needs another approval. */
  readonly subject: string;
  /** For people. */
  readonly detail: string;
}

/**
 * Whether somebody may do this now. People may; an agent whose autonomy asks for a person's word may once that was
 * given for this very subject. What was not asked for yet is asked for: the transaction must commit though the answer
 * is no. The room must be locked.
 */
export async function askApproval(
  tx: LogTx,
  room: Room,
  caller: Pick<Caller, 'kind' | 'id' | 'name' | 'userId'>,
  asked: Asked,
): Promise<Verdict> {
  if (caller.kind !== 'agent') return ALLOWED;
  const autonomy = autonomyOf(room.settings, await findAutonomy(tx, room.id, caller.id));
  if (!needsApproval(autonomy, asked.kind)) return ALLOWED;
  const { kind, taskId, subject } = asked;
  const known = await latestApproval(tx, { agentId: caller.id, taskId, kind });
  if (known?.subject === subject) {
    if (known.state === 'granted') return ALLOWED;
    if (known.state === 'refused') return deny('approval.refused', { kind, approval_id: known.id });
    if (known.state === 'pending') return needed(known, known.expiresAt);
  }
  await lapseApprovals(tx, room.id, taskId, [kind], subject);
  return request(tx, room, caller, asked);
}

async function request(
  tx: LogTx,
  room: Room,
  caller: Pick<Caller, 'kind' | 'id' | 'name' | 'userId'>,
  { kind, taskId, subject, detail }: Asked,
): Promise<Verdict> {
  const actor: Actor = { kind: caller.kind, id: caller.id, name: caller.name };
  const id = newId();
  const minutes = room.settings.approval_minutes;
  const approval = { id, roomId: room.id, kind, taskId, agentId: caller.id, ownerId: caller.userId, subject };
  const expiresAt = await insertApproval(tx, { ...approval, detail, by: actor, minutes });
  const data: EventMap['approval.requested'] = {
    approval_id: id,
    kind,
    task_id: taskId,
    agent_id: caller.id,
    detail,
    subject,
    expires_at: expiresAt.toISOString(),
  };
  tx.appendToRoom(room.id, { type: 'approval.requested', actor, data });
  return needed(approval, expiresAt);
}

const needed = (
  { id, kind, subject }: Pick<Approval, 'id' | 'kind' | 'subject'>,
  expires: Date | null,
): Verdict =>
  deny('approval.needed', { kind, approval_id: id, expires_at: expires?.toISOString() ?? null, subject });

/** Ends the approvals of these kinds on a task that are bound to something else. The room must be locked. */
export async function lapseApprovals(
  tx: LogTx,
  roomId: string,
  taskId: string,
  kinds: readonly ApprovalKind[],
  subject: string,
): Promise<void> {
  for (const approval_id of await lapseOthers(tx, taskId, kinds, subject)) {
    const data = { approval_id, verdict: 'lapsed' as const };
    tx.appendToRoom(roomId, { type: 'approval.resolved', actor: SYSTEM_ACTOR, data });
  }
}

/** Saves and tells what became of a pending approval. False when it is no longer pending. */
export async function settleApproval(
  tx: LogTx,
  approval: Approval,
  verdict: EventMap['approval.resolved']['verdict'],
  by: Caller | null,
): Promise<boolean> {
  if (!(await saveVerdict(tx, approval.id, verdict, by?.id ?? null))) return false;
  const data = { approval_id: approval.id, verdict };
  const actor = by ? actorOf(by) : SYSTEM_ACTOR;
  tx.appendToRoom(approval.roomId, { type: 'approval.resolved', actor, data });
  return true;
}

/**
 * Passes a review that counts by the room's policy.
 * @param author whose work it is, with the person behind
 * @throws review.own_work, review.owners_work
 */
export async function requireReviewer(
  tx: Tx,
  room: Room,
  author: Author,
  judge: Caller,
  verdict: 'approve' | 'request_changes',
): Promise<void> {
  if (verdict === 'request_changes') return enforce(mayAskForChanges(author, judge));
  const others = await countOtherPeople(tx, room.id, author.userId);
  enforce(mayApproveWork(author, judge, room.settings.review, others));
}
