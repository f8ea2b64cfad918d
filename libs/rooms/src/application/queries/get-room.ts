import type { RoomSnapshot, SpectatorSnapshot } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { viewRoom } from '../access.js';
import { RoomQuery } from '../inputs/query-inputs.js';
import { SnapshotProjector } from '../ports.js';
import { PublicRooms } from '../public-rooms.js';
import { RoomSnapshots } from '../room-snapshots.js';

/** A room at one moment: whole for those who work in it, in spectator form for everybody else. */
@QueryHandler('rooms.get', RoomQuery, { public: true })
export class GetRoom implements Query<'rooms.get'> {
  constructor(
    private readonly snapshots: RoomSnapshots,
    private readonly rooms: PublicRooms,
    private readonly projector: SnapshotProjector,
  ) {}

  async run({ tx, caller }: QueryContext, input: RoomQuery): Promise<RoomSnapshot | SpectatorSnapshot> {
    const { room, standing } = await viewRoom(tx, caller, input.room_id);
    const snapshot = await this.snapshots.read(tx, room);
    if (standing !== 'stranger' && standing !== 'spectator') return snapshot;
    return this.projector.toSpectator(snapshot, await this.rooms.read(tx, room.id));
  }
}
