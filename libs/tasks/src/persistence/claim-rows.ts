import type { Tx } from '@clawtank/database';
import type { Claimant, ClaimEnd } from '../domain/task.js';

export interface NewClaim {
  readonly taskId: string;
  readonly roomId: string;
  readonly fence: number;
  readonly claimant: Claimant;
  readonly branch: string;
  readonly baseBranch: string;
  readonly leaseSeconds: number;
}

/**
 * Takes an open task. The condition and the unique index decide, so that one of any number of claims at the same
 * instant wins, with or without the room's lock.
 * @returns the new fence; undefined when the task was not open any more
 */
export async function takeOpenTask(tx: Tx, taskId: string): Promise<number | undefined> {
  const rows = await tx.query<{ fence: number }>(
    `UPDATE tasks SET status = 'claimed', fence = fence + 1, progress = NULL, summary = NULL, approved_fence = NULL,
       pull_request = NULL, updated_at = clock_timestamp()
     WHERE id = $1 AND status = 'open' RETURNING fence`,
    [taskId],
  );
  return rows[0]?.fence;
}

export async function insertClaim(tx: Tx, claim: NewClaim): Promise<void> {
  await tx.execute(
    `INSERT INTO task_claims (task_id, room_id, fence, claimant_kind, claimant_id, claimant_name, claimant_user_id,
                              branch, base_branch, lease_seconds, lease_expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::int, clock_timestamp() + make_interval(secs => $10::int))`,
    [
      claim.taskId,
      claim.roomId,
      claim.fence,
      claim.claimant.kind,
      claim.claimant.id,
      claim.claimant.name,
      claim.claimant.userId,
      claim.branch,
      claim.baseBranch,
      claim.leaseSeconds,
    ],
  );
}

/** Ends the live claim, if there is one, and gives its paths free. */
export async function endClaim(tx: Tx, taskId: string, reason: ClaimEnd, note: string | null): Promise<void> {
  await tx.execute('DELETE FROM path_leases WHERE task_id = $1', [taskId]);
  await tx.execute(
    `UPDATE task_claims SET ended_at = clock_timestamp(), end_reason = $2, note = $3, lease_expires_at = NULL,
       held_for = NULL
     WHERE task_id = $1 AND ended_at IS NULL`,
    [taskId, reason, note],
  );
}

/** Lets the live claim's clock run with a full lease, or stand still while `runs` is false or a question is open. */
export async function setClock(tx: Tx, taskId: string, runs: boolean): Promise<void> {
  await tx.execute(
    `UPDATE task_claims SET lease_expires_at =
       CASE WHEN $2 AND held_for IS NULL THEN clock_timestamp() + make_interval(secs => lease_seconds) END
     WHERE task_id = $1 AND ended_at IS NULL`,
    [taskId, runs],
  );
}

/** Stops the live claim's clock for a reason besides its task's state, or takes the reason away with null. */
export async function holdClock(tx: Tx, taskId: string, why: string | null): Promise<boolean> {
  const count = await tx.execute(
    `UPDATE task_claims SET held_for = $2, lease_expires_at = NULL
     WHERE task_id = $1 AND ended_at IS NULL AND held_for IS DISTINCT FROM $2`,
    [taskId, why],
  );
  return count === 1;
}

/** Renews a running clock. Takes no room's lock: a claim that ends at the same instant is gone or stays renewed. */
export async function renewLease(tx: Tx, taskId: string, fence: number): Promise<void> {
  await tx.execute(
    `UPDATE task_claims SET lease_expires_at = clock_timestamp() + make_interval(secs => lease_seconds)
     WHERE task_id = $1 AND fence = $2 AND ended_at IS NULL AND lease_expires_at IS NOT NULL`,
    [taskId, fence],
  );
}

/**
 * Renews running clocks of claims that their claimants name with their fences, in one statement. A claim that
 * somebody else is changing at this moment is passed over and told as it stands, so this waits for nobody.
 */
export async function renewLeases(
  tx: Tx,
  claims: readonly { readonly agentId: string; readonly taskId: string; readonly fence: number }[],
): Promise<{ agentId: string; taskId: string; fence: number; endsAt: Date }[]> {
  return tx.query<{ agentId: string; taskId: string; fence: number; endsAt: Date }>(
    `WITH named AS (
       SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS n (claimant_id, task_id, fence)
     ), held AS (
       SELECT c.task_id, c.fence, c.claimant_id, c.lease_expires_at
       FROM task_claims c JOIN named USING (task_id, fence, claimant_id)
       WHERE c.ended_at IS NULL AND c.lease_expires_at IS NOT NULL
     ), free AS (
       SELECT c.task_id, c.fence FROM task_claims c JOIN held USING (task_id, fence)
       WHERE c.ended_at IS NULL AND c.lease_expires_at IS NOT NULL
       ORDER BY c.task_id FOR UPDATE OF c SKIP LOCKED
     ), renewed AS (
       UPDATE task_claims c SET lease_expires_at = clock_timestamp() + make_interval(secs => c.lease_seconds)
       FROM free WHERE c.task_id = free.task_id AND c.fence = free.fence
       RETURNING c.task_id, c.fence, c.lease_expires_at
     )
     SELECT held.claimant_id AS "agentId", held.task_id AS "taskId", held.fence,
            coalesce(renewed.lease_expires_at, held.lease_expires_at) AS "endsAt"
     FROM held LEFT JOIN renewed USING (task_id, fence)`,
    [
      claims.map((claim) => claim.agentId),
      claims.map((claim) => claim.taskId),
      claims.map((claim) => claim.fence),
    ],
  );
}

/** Claims whose lease has run out, the longest overdue first. */
export async function listOverdue(tx: Pick<Tx, 'query'>): Promise<{ task_id: string; room_id: string }[]> {
  return tx.query<{ task_id: string; room_id: string }>(
    `SELECT task_id, room_id FROM task_claims
     WHERE lease_expires_at <= clock_timestamp() ORDER BY lease_expires_at LIMIT 200`,
  );
}

/** True, with the claim's row locked, if its lease has run out and no other node is at it. */
export async function lockOverdue(tx: Tx, taskId: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM task_claims WHERE task_id = $1 AND lease_expires_at <= clock_timestamp()
     FOR UPDATE SKIP LOCKED`,
    [taskId],
  );
  return rows.length === 1;
}

/** Live claims of a person and of their agents in a room. */
export async function listClaimsBehind(tx: Tx, roomId: string, userId: string): Promise<string[]> {
  const rows = await tx.query<{ task_id: string }>(
    `SELECT task_id FROM task_claims WHERE room_id = $1 AND claimant_user_id = $2 AND ended_at IS NULL
     ORDER BY claimed_at`,
    [roomId, userId],
  );
  return rows.map((row) => row.task_id);
}

/** Keeps the hash of a new git password; the one before stops working. */
export async function setCredential(tx: Tx, taskId: string, fence: number, hash: Buffer): Promise<void> {
  await tx.execute('UPDATE task_claims SET credential_hash = $3 WHERE task_id = $1 AND fence = $2', [
    taskId,
    fence,
    hash,
  ]);
}

/** A claim, live or ended, by what its git user name says. */
export interface NumberedClaim {
  readonly taskId: string;
  readonly branch: string;
  readonly claimant: Claimant;
  readonly live: boolean;
  readonly credentialHash: Buffer | null;
}

export async function findNumberedClaim(
  tx: Tx,
  roomId: string,
  number: number,
  fence: number,
): Promise<NumberedClaim | undefined> {
  const rows = await tx.query<NumberedClaim & Record<string, unknown>>(
    `SELECT c.task_id AS "taskId", c.branch, c.ended_at IS NULL AS live, c.credential_hash AS "credentialHash",
            json_build_object('kind', c.claimant_kind, 'id', c.claimant_id, 'name', c.claimant_name,
                              'userId', c.claimant_user_id) AS claimant
     FROM task_claims c JOIN tasks t ON t.id = c.task_id
     WHERE t.room_id = $1 AND t.number = $2 AND c.fence = $3`,
    [roomId, number, fence],
  );
  return rows[0];
}

/** The branch of the task's latest claim, if it has that fence, is what the next one forks from. */
export async function keepBranch(tx: Tx, taskId: string, fence: number): Promise<void> {
  await tx.execute(
    `UPDATE tasks t SET kept_branch = c.branch FROM task_claims c
     WHERE t.id = $1 AND t.fence = $2 AND c.task_id = t.id AND c.fence = t.fence`,
    [taskId, fence],
  );
}
