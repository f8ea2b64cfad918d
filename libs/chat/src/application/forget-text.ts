import type { Actor } from '@clawtank/contracts';
import { type LogTx, redactRoomEvents } from '@clawtank/events';
import { forgetSuggestions } from '@clawtank/tasks';
import type { Message } from '../domain/message.js';

/**
 * Takes a message's present text out of the log, with the suggestions made from it. Earlier texts went the
 * same way when they were edited. Comes before the event that replaces the text, so that a reader who empties
 * what was redacted does not empty the new one.
 */
export async function forgetText(tx: LogTx, message: Message, actor: Actor): Promise<void> {
  await redactRoomEvents(tx, message.roomId, [message.seq, message.textSeq], actor);
  await forgetSuggestions(tx, message.roomId, message.id, actor);
}
