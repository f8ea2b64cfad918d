import { type AwaitedCommand, Foresight } from '@clawtank/commands';
import { Fact, type LogTx } from '@clawtank/events';
import { Injectable } from '@nestjs/common';
import { findRoomFor, findRoomForAll, type FoundRoom } from '../persistence/room-sight.js';

const sights = new Fact<FoundRoom | undefined>();

const keyOf = (roomId: string, userId: string): string => `${roomId} ${userId}`.toLowerCase();

/** As `findRoomFor` for a room whose lock this transaction has, which is what changes a room and its members. */
export function seenUnderLock(tx: LogTx, roomId: string, userId: string): Promise<FoundRoom | undefined> {
  return sights.of(tx, keyOf(roomId, userId), () => findRoomFor(tx, roomId, userId));
}

/** Sees a room for all whose commands wait for its lock, in one statement. */
@Injectable()
export class RoomForesight extends Foresight {
  override async read(tx: LogTx, roomId: string, awaited: readonly AwaitedCommand[]): Promise<void> {
    const userIds = [...new Set(awaited.map(({ caller }) => caller.userId))];
    const found = await findRoomForAll(tx, roomId, userIds);
    for (const userId of userIds) sights.learn(tx, keyOf(roomId, userId), found.get(userId));
  }
}
