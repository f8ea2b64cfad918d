import { Injectable } from '@nestjs/common';
import type { Tx } from '@clawtank/database';
import { DirectoryPart, type RoomFigures } from '@clawtank/rooms';
import { SpectatorCounts } from './spectator-counts.js';

/** Tells the public directory how many watch, where it is served beside a gateway. */
@Injectable()
export class SpectatorFigures extends DirectoryPart {
  constructor(private readonly counts: SpectatorCounts) {
    super();
  }

  override read(_tx: Tx, roomIds: readonly string[]): Promise<ReadonlyMap<string, Partial<RoomFigures>>> {
    return Promise.resolve(new Map(roomIds.map((id) => [id, { spectators: this.counts.total(id) }])));
  }
}
