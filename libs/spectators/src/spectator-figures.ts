import { Injectable } from '@nestjs/common';
import type { Tx } from '@clawtank/database';
import { DirectoryPart, type RoomFigures } from '@clawtank/rooms';
import { SpectatorTallies, watchersOf } from './spectator-tallies.js';

/** Tells the public directory how many watch, in whichever process it is served. */
@Injectable()
export class SpectatorFigures extends DirectoryPart {
  constructor(private readonly tallies: SpectatorTallies) {
    super();
  }

  override read(_tx: Tx, roomIds: readonly string[]): Promise<ReadonlyMap<string, Partial<RoomFigures>>> {
    return Promise.resolve(
      new Map(roomIds.map((id) => [id, { spectators: this.tallies.total(watchersOf(id)) }])),
    );
  }
}
