import { Injectable } from '@nestjs/common';
import type { HostNews } from '../domain/host-news.js';
import { AfterPush } from './after-push.js';
import { FlagOddMoves } from './flag-odd-moves.js';
import type { Forge } from './forge.js';
import { RoomHosts } from './room-hosts.js';
import { SyncPulls, type Wanted } from './sync-pulls.js';

/**
 * Brings a room up to what its repository's host says now. News only tells where to look: the same look finds the
 * same state whatever was told of it, how often, and in which order.
 */
@Injectable()
export class SyncRoom {
  constructor(
    private readonly hosts: RoomHosts,
    private readonly pushes: AfterPush,
    private readonly pulls: SyncPulls,
    private readonly odd: FlagOddMoves,
  ) {}

  async run(roomId: string, { pulls, checks, connection }: Omit<HostNews, 'repository'>): Promise<void> {
    const forge = await this.hosts.forgeOf(roomId);
    if (forge) await this.look(roomId, forge, { pulls, checks, all: connection });
  }

  /** Looks at everything, as after an outage. */
  async all(roomId: string): Promise<void> {
    const forge = await this.hosts.forgeOf(roomId);
    if (forge) await this.look(roomId, forge, { pulls: [], checks: [], all: true });
  }

  private async look(roomId: string, forge: Forge, wanted: Wanted): Promise<void> {
    await this.pushes.catchUp(roomId);
    await this.pulls.run(roomId, forge, wanted);
    await this.odd.run(roomId, forge);
    await this.pushes.check(roomId);
  }
}
