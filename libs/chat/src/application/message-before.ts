import { type AwaitedCommand, Foresight } from '@clawtank/commands';
import { Fact, type LogTx } from '@clawtank/events';
import { Injectable } from '@nestjs/common';
import { findMessage, latestWords, type Words } from '../persistence/messages.js';

const latest = new Fact<Words | undefined>();

/**
 * What reads the message that the next one may point back at: the one that it answers, else the room's last.
 * To be asked for before that message is posted; the room must be locked.
 */
export function messageBeforeNext(
  tx: LogTx,
  roomId: string,
  replyTo: string | null,
): (seq: number) => Promise<Words | undefined> {
  // What this transaction itself has added is not among the facts that were read at its beginning.
  const own = tx.lastInRoom(roomId, 'chat.message');
  return async (seq) => {
    if (replyTo !== null) return findMessage(tx, roomId, replyTo);
    if (own) return { id: own.message_id, text: own.text };
    return latest.of(tx, roomId, () => latestWords(tx, roomId, seq));
  };
}

/** Reads the last message once for all who wait to say the next ones. */
@Injectable()
export class ChatForesight extends Foresight {
  override async read(tx: LogTx, roomId: string, awaited: readonly AwaitedCommand[]): Promise<void> {
    if (!awaited.some(({ name }) => name === 'chat.send')) return;
    latest.learn(tx, roomId, await latestWords(tx, roomId));
  }
}
