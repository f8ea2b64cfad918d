import type { Actor, Origin, Principal } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { insertMessage } from '../persistence/messages.js';

export interface Post {
  readonly author: Actor;
  readonly origin: Origin;
  readonly text: string;
  readonly mentions: readonly Principal[];
  readonly replyTo: string | null;
}

/** Writes a message and its event, which share an id. The room is locked. */
export function postMessage(
  tx: LogTx,
  roomId: string,
  { author, origin, text, mentions, replyTo }: Post,
): { id: string; seq: number } {
  const id = newId();
  const { seq } = tx.appendToRoom(roomId, {
    id,
    type: 'chat.message',
    actor: author,
    data: { message_id: id, text, mentions, reply_to: replyTo, origin },
  });
  insertMessage(tx, { id, roomId, seq, author, origin, text, mentions, replyTo });
  return { id, seq };
}
