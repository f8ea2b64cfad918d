import { LIMITS } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { type Room, type SnapshotLists, SnapshotPart } from '@clawtank/rooms';
import { Injectable } from '@nestjs/common';
import { listMessages } from '../persistence/message-lists.js';

/** The newest messages of a room, oldest first, for its snapshot and for the context of agents. */
@Injectable()
export class MessagesInSnapshot extends SnapshotPart {
  override async read(tx: Tx, room: Room): Promise<SnapshotLists> {
    const newest = await listMessages(tx, room.id, {
      order: 'newest_first',
      limit: LIMITS.SNAPSHOT_MESSAGES,
    });
    return { messages: newest.reverse() };
  }
}
