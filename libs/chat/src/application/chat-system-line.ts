import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { SystemLine } from '@clawtank/rooms';
import { Injectable } from '@nestjs/common';
import { postMessage } from './post-message.js';

/** The system's own lines in a room's chat. They mention nobody and become no task. */
@Injectable()
export class ChatSystemLine extends SystemLine {
  override say(tx: LogTx, roomId: string, text: string): Promise<void> {
    const post = { author: SYSTEM_ACTOR, origin: 'system', text, mentions: [], replyTo: null } as const;
    postMessage(tx, roomId, post);
    return Promise.resolve();
  }
}
