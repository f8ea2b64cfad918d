import type { Tx } from '@clawtank/database';
import type { Match } from '../domain/matching/score.js';

/** Who was asked about a task since it was last free. */
export interface OfferRow {
  readonly task_id: string;
  readonly agent_id: string;
  /** Null for an agent that declined what it was never asked about. */
  readonly offered_at: Date | null;
  readonly declined_at: Date | null;
  readonly decline_reason: string | null;
}

/** Offers of the present round of every open task of a room. */
export async function listOffers(tx: Tx, roomId: string): Promise<OfferRow[]> {
  return tx.query<OfferRow & Record<string, unknown>>(
    `SELECT o.task_id, o.agent_id, CASE WHEN o.score > 0 THEN o.offered_at END AS offered_at, o.declined_at,
            o.decline_reason
     FROM task_offers o JOIN tasks t ON t.id = o.task_id AND t.fence = o.round
     WHERE t.room_id = $1 AND t.status = 'open'`,
    [roomId],
  );
}

/** True the first time: a round offers a task to an agent once. */
export async function insertOffer(
  tx: Tx,
  taskId: string,
  round: number,
  agentId: string,
  { score, reasons }: Match,
): Promise<boolean> {
  const count = await tx.execute(
    `INSERT INTO task_offers (task_id, round, agent_id, score, reasons) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [taskId, round, agentId, score, reasons],
  );
  return count === 1;
}

/** Notes a refusal, also of a task that was never offered: it won't be in this round. False when noted before. */
export async function markDeclined(
  tx: Tx,
  taskId: string,
  round: number,
  agentId: string,
  reason: string | null,
): Promise<boolean> {
  const count = await tx.execute(
    `INSERT INTO task_offers AS o (task_id, round, agent_id, score, reasons, declined_at, decline_reason)
     VALUES ($1, $2, $3, 0, '{}', clock_timestamp(), $4)
     ON CONFLICT (task_id, round, agent_id) DO UPDATE SET declined_at = clock_timestamp(), decline_reason = $4
       WHERE o.declined_at IS NULL`,
    [taskId, round, agentId, reason],
  );
  return count === 1;
}
