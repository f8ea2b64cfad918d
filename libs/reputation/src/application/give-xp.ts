import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import type { Award } from '../domain/awards.js';
import { levelAt } from '../domain/levels.js';
import { addToTotal, insertEntry, isAwarded, type Source } from '../persistence/ledger.js';

/**
 * Enters an award into the ledger and tells the room, once for its cause: a second time nothing happens. The
 * room is locked, and a cause belongs to one room, so two can't find the same one missing.
 * @param reverses the entry that a negative award takes back from
 */
export async function giveXp(
  tx: LogTx,
  award: Award,
  source: Source,
  reverses: string | null = null,
): Promise<void> {
  if (await isAwarded(tx, award.cause)) return;
  const id = newId();
  const { subject, amount, reason, factors } = award;
  const total = await addToTotal(tx, subject, amount);
  const level = levelAt(total);
  await insertEntry(tx, { ...award, ...source, id, total, level, reverses });
  const data = { entry_id: id, subject, amount, reason, task_id: award.taskId, total, level, factors };
  tx.appendToRoom(source.roomId, { type: 'reputation.xp', actor: SYSTEM_ACTOR, data });
  if (level > levelAt(total - amount)) {
    tx.appendToRoom(source.roomId, {
      type: 'reputation.level_up',
      actor: SYSTEM_ACTOR,
      data: { subject, level },
    });
  }
}
