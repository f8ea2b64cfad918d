import type { Actor } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { insertDecision } from '../persistence/room-lists.js';

/** Writes down what a room has decided, with its event. The room must be locked. @returns the decision's id */
export async function writeDecision(tx: LogTx, roomId: string, text: string, by: Actor): Promise<string> {
  const id = newId();
  await insertDecision(tx, roomId, { id, text, by });
  tx.appendToRoom(roomId, { type: 'room.decision', actor: by, data: { decision_id: id, text } });
  return id;
}
