import type { PublicRoomView, RoomSnapshot, SpectatorSnapshot } from '@clawtank/contracts';
import { SnapshotProjector } from '@clawtank/rooms';
import { Injectable } from '@nestjs/common';
import { toSpectatorSnapshot } from './domain/spectator-snapshot.js';

/** Shows strangers a room's snapshot through its allow-list. */
@Injectable()
export class TableSnapshotProjector extends SnapshotProjector {
  override toSpectator(snapshot: RoomSnapshot, room: PublicRoomView): SpectatorSnapshot {
    return toSpectatorSnapshot(snapshot, room);
  }
}
