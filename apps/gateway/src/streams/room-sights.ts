import { Injectable } from '@nestjs/common';
import { type RoomSnapshot, roomStream } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { readPosition } from '@clawtank/events';
import { Gather } from '@clawtank/kernel';
import { findRoom, type RoomSight, RoomSnapshots, viewRoomTogether } from '@clawtank/rooms';
import { InFlight } from './in-flight.js';

/** What a caller is in a room, and where its stream stood at that moment. */
export interface Seen {
  readonly sight: RoomSight;
  readonly head: number;
  readonly epoch: string;
}

interface Asked {
  readonly caller: Caller;
  readonly room: string;
}

/** A snapshot of a room in which nothing happens answers for this long. */
const SNAPSHOT_MS = 250;

/**
 * Looks at rooms for members. When thousands come back at once, their access is checked together, each for itself,
 * and the room is read once: its snapshot is the same for all of them.
 */
@Injectable()
export class RoomSights {
  private readonly asked = new Gather<Asked, Seen | { readonly error: unknown }>((asked) => this.look(asked));
  private readonly reading = new InFlight<RoomSnapshot>();
  private readonly latest = new Map<string, RoomSnapshot>();

  constructor(
    private readonly database: Database,
    private readonly snapshots: RoomSnapshots,
  ) {}

  /** @throws room.not_found */
  async see(caller: Caller, room: string): Promise<Seen> {
    const seen = await this.asked.get({ caller, room });
    if ('error' in seen) throw seen.error;
    return seen;
  }

  /** The room for its members, at this position or after it. */
  async snapshot(roomId: string, { head, epoch }: Pick<Seen, 'head' | 'epoch'>): Promise<RoomSnapshot> {
    const known = this.latest.get(roomId);
    if (known && known.epoch === epoch && known.cursor >= head) return known;
    // One that is being read may have begun before what the caller has seen.
    const snapshot = await this.reading.share(roomId, () => this.read(roomId));
    return snapshot.cursor >= head ? snapshot : this.reading.share(roomId, () => this.read(roomId));
  }

  private async read(roomId: string): Promise<RoomSnapshot> {
    const snapshot = await this.database.transaction(async (tx) => {
      const room = await findRoom(tx, roomId);
      return room && this.snapshots.read(tx, room);
    }, 'REPEATABLE READ');
    if (!snapshot) throw new Error(`room ${roomId} went away`);
    this.latest.set(roomId, snapshot);
    setTimeout(() => {
      if (this.latest.get(roomId) === snapshot) this.latest.delete(roomId);
    }, SNAPSHOT_MS).unref();
    return snapshot;
  }

  private look(asked: readonly Asked[]): Promise<readonly (Seen | { readonly error: unknown })[]> {
    const byRoom = new Map<string, number[]>();
    for (const [index, { room }] of asked.entries()) {
      byRoom.set(room, [...(byRoom.get(room) ?? []), index]);
    }
    return this.database.transaction(async (tx) => {
      const answers: (Seen | { readonly error: unknown })[] = [];
      for (const [room, indexes] of byRoom) {
        const callers = indexes.flatMap((index) => asked[index]?.caller ?? []);
        const sights = await viewRoomTogether(tx, callers, room);
        const found = sights.find((sight) => 'room' in sight);
        const at = await readPosition(tx, roomStream(found?.room.id ?? ''));
        for (const [n, index] of indexes.entries()) {
          const sight = sights[n];
          answers[index] = sight && 'room' in sight ? { sight, ...at } : { error: sight?.error };
        }
      }
      return answers;
    }, 'REPEATABLE READ');
  }
}
