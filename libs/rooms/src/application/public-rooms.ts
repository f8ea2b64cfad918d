import { Injectable } from '@nestjs/common';
import type { PublicRoomView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { invariant } from '@clawtank/kernel';
import { findPublicRoom, type PublicRoomBase, readPulses } from '../persistence/directory.js';
import { DiscoveredParts } from './discovered-parts.js';
import type { RoomFigures } from './ports.js';

const NOTHING: RoomFigures = { tasks_open: 0, tasks_complete: 0, spectators: 0 };

/** Rooms as strangers see them in the directory. */
@Injectable()
export class PublicRooms {
  constructor(private readonly parts: DiscoveredParts) {}

  /** Adds to each room what the other libs count, and its pulse. */
  async complete(tx: Tx, rooms: readonly PublicRoomBase[]): Promise<PublicRoomView[]> {
    const ids = rooms.map((room) => room.id);
    const pulses = await readPulses(tx, ids);
    const figures = await this.figures(tx, ids);
    return rooms.map((room) => ({
      ...room,
      ...(figures.get(room.id) ?? NOTHING),
      pulse: pulses.get(room.id) ?? [],
    }));
  }

  /** One room, which exists. */
  async read(tx: Tx, roomId: string): Promise<PublicRoomView> {
    const base = await findPublicRoom(tx, roomId);
    const view = base && (await this.complete(tx, [base]))[0];
    invariant(view, `room ${roomId} is shown and missing`);
    return view;
  }

  /** What the other libs count, by room id. */
  async figures(tx: Tx, roomIds: readonly string[]): Promise<ReadonlyMap<string, RoomFigures>> {
    const figures = new Map(roomIds.map((id) => [id, NOTHING]));
    for (const part of this.parts.directory) {
      for (const [id, given] of await part.read(tx, roomIds)) {
        figures.set(id, { ...(figures.get(id) ?? NOTHING), ...given });
      }
    }
    return figures;
  }
}
