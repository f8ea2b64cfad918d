import type { Tx } from '@clawtank/database';
import { fail } from '../domain/failures.js';
import type { Message } from '../domain/message.js';
import { findMessage } from '../persistence/messages.js';

/** @throws message.not_found when the room has no message with this id */
export async function findMessageInRoom(tx: Tx, roomId: string, messageId: string): Promise<Message> {
  const message = await findMessage(tx, roomId, messageId);
  if (!message) throw fail('message.not_found', {});
  return message;
}
