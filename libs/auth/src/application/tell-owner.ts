import { userStream } from '@clawtank/contracts';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { newId } from '@clawtank/kernel';

/** Tells a person that another way into their account was opened or closed: it may not have been them. */
export function tellOwner(tx: LogTx, userId: string, kind: string, text: string): void {
  const data = { notification_id: newId(), kind, text, room_id: null, task_id: null };
  tx.appendTo(userStream(userId), { type: 'system.notification', actor: SYSTEM_ACTOR, data });
}
