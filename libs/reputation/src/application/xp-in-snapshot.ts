import type { Tx } from '@clawtank/database';
import { type Room, type SnapshotLists, SnapshotPart } from '@clawtank/rooms';
import { Injectable } from '@nestjs/common';
import { roomXp } from '../persistence/standings.js';

/** What the members of a room have earned, as its own events last told. */
@Injectable()
export class XpInSnapshot extends SnapshotPart {
  override async read(tx: Tx, room: Room): Promise<SnapshotLists> {
    return { xp: await roomXp(tx, room.id) };
  }
}
