import type { Tx } from '@clawtank/database';
import type { OfferScore } from '../domain/offer-score.js';

/** Who was asked about a task since it was last free. */
export interface OfferRow {
  readonly task_id: string;
  readonly agent_id: string;
  readonly declined: boolean;
}

/** Offers of the present round of every open task of a room. */
export async function listOffers(tx: Tx, roomId: string): Promise<OfferRow[]> {
  return tx.query<OfferRow & Record<string, unknown>>(
    `SELECT o.task_id, o.agent_id, o.declined_at IS NOT NULL AS declined
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
  { score, reasons }: OfferScore,
): Promise<boolean> {
  const count = await tx.execute(
    `INSERT INTO task_offers (task_id, round, agent_id, score, reasons) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [taskId, round, agentId, score, reasons],
  );
  return count === 1;
}

/** Notes a refusal, also of a task that was never offered: it won't be in this round. */
export async function markDeclined(
  tx: Tx,
  taskId: string,
  round: number,
  agentId: string,
  reason: string | null,
): Promise<void> {
  await tx.execute(
    `INSERT INTO task_offers (task_id, round, agent_id, score, reasons, declined_at, decline_reason)
     VALUES ($1, $2, $3, 0, '{}', clock_timestamp(), $4)
     ON CONFLICT (task_id, round, agent_id) DO UPDATE SET declined_at = clock_timestamp(), decline_reason = $4`,
    [taskId, round, agentId, reason],
  );
}
