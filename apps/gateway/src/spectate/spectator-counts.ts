import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LIMITS, roomStream } from '@clawtank/contracts';
import { StreamHub } from '@clawtank/events';
import { SpectatorTallies, watchersOf } from '@clawtank/spectators';
import { fail } from '../connection/failures.js';

const RETRY_MS = 10_000;
const ROOM = watchersOf('');

/** No address of a stranger goes over the wire, only something that is the same for the same one. */
const addressKey = (address: string): string =>
  `address:${createHash('sha256').update(address).digest('base64url').slice(0, 16)}`;

/** How many watch each room and come from each address, bounded over all processes that hear of each other. */
@Injectable()
export class SpectatorCounts implements OnApplicationBootstrap {
  constructor(
    private readonly tallies: SpectatorTallies,
    private readonly hub: StreamHub,
  ) {}

  onApplicationBootstrap(): void {
    this.tallies.onChange((keys) => {
      for (const key of keys) if (key.startsWith(ROOM)) this.tell(key.slice(ROOM.length));
    });
  }

  /**
   * Takes a place in a room.
   * @returns gives the place back; harmless when called again
   * @throws spectators.room_full, spectators.address_full
   */
  enter(roomId: string, address: string): () => void {
    const [room, from] = [watchersOf(roomId), addressKey(address)];
    if (this.tallies.total(from) >= LIMITS.SPECTATORS_PER_ADDRESS) {
      throw fail(
        'spectators.address_full',
        { limit: LIMITS.SPECTATORS_PER_ADDRESS },
        { retryAfterMs: RETRY_MS },
      );
    }
    if (this.tallies.total(room) >= LIMITS.SPECTATORS_PER_ROOM) {
      throw fail('spectators.room_full', { limit: LIMITS.SPECTATORS_PER_ROOM }, { retryAfterMs: RETRY_MS });
    }
    this.tallies.add(from, 1);
    this.tallies.add(room, 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.tallies.add(from, -1);
      this.tallies.add(room, -1);
    };
  }

  /** Spectators of a room in all processes, as far as this one has heard. */
  total(roomId: string): number {
    return this.tallies.total(watchersOf(roomId));
  }

  private tell(roomId: string): void {
    const signal = { type: 'spectator.count', room_id: roomId, count: this.total(roomId) } as const;
    this.hub.signal(roomStream(roomId), signal).catch(() => undefined);
  }
}
