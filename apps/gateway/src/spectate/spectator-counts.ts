import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LIMITS, roomStream } from '@clawtank/contracts';
import { Bus, StreamHub, type Unsubscribe } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { fail } from '../connection/failures.js';

const CHANNEL = 'clawtank:spectators';
/** Counts settle for this long before they are told. */
const SETTLE_MS = 250;
/** Every process says its counts again, so that one which died is forgotten. */
const REPEAT_MS = 30_000;
const FORGET_MS = 90_000;
const RETRY_MS = 10_000;

interface Report {
  readonly node: string;
  readonly room_id: string;
  readonly count: number;
}

/** How many watch each room: bounded in this process, summed up over all of them. */
@Injectable()
export class SpectatorCounts implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly node = newId();
  private readonly rooms = new Map<string, number>();
  private readonly addresses = new Map<string, number>();
  private readonly elsewhere = new Map<string, Map<string, { count: number; at: number }>>();
  private readonly changed = new Set<string>();
  private timers: NodeJS.Timeout[] = [];
  private settling: NodeJS.Timeout | undefined;
  private unsubscribe: Unsubscribe | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly hub: StreamHub,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.timers = [setInterval(() => this.repeat(), REPEAT_MS)];
    this.unsubscribe = await this.bus.subscribe(CHANNEL, (text) => this.hear(JSON.parse(text) as Report));
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    clearTimeout(this.settling);
    await this.unsubscribe?.();
  }

  /**
   * Takes a place in a room.
   * @returns gives the place back; harmless when called again
   * @throws spectators.room_full, spectators.address_full
   */
  enter(roomId: string, address: string): () => void {
    if ((this.addresses.get(address) ?? 0) >= LIMITS.SPECTATORS_PER_ADDRESS) {
      throw fail(
        'spectators.address_full',
        { limit: LIMITS.SPECTATORS_PER_ADDRESS },
        { retryAfterMs: RETRY_MS },
      );
    }
    if (this.total(roomId) >= LIMITS.SPECTATORS_PER_ROOM) {
      throw fail('spectators.room_full', { limit: LIMITS.SPECTATORS_PER_ROOM }, { retryAfterMs: RETRY_MS });
    }
    add(this.addresses, address, 1);
    this.move(roomId, 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      add(this.addresses, address, -1);
      this.move(roomId, -1);
    };
  }

  /** Spectators of a room in all processes, as far as this one has heard. */
  total(roomId: string): number {
    const others = [...(this.elsewhere.get(roomId)?.values() ?? [])].filter(
      ({ at }) => Date.now() - at < FORGET_MS,
    );
    return others.reduce((sum, { count }) => sum + count, this.rooms.get(roomId) ?? 0);
  }

  private move(roomId: string, by: 1 | -1): void {
    add(this.rooms, roomId, by);
    this.changed.add(roomId);
    this.settling ??= setTimeout(() => this.tell(), SETTLE_MS);
  }

  private tell(): void {
    this.settling = undefined;
    for (const roomId of this.changed) {
      this.report(roomId);
      const signal = { type: 'spectator.count', room_id: roomId, count: this.total(roomId) } as const;
      this.hub.signal(roomStream(roomId), signal).catch(() => undefined);
    }
    this.changed.clear();
  }

  private repeat(): void {
    for (const roomId of this.rooms.keys()) this.report(roomId);
    for (const [roomId, nodes] of this.elsewhere) {
      for (const [node, { at }] of nodes) if (Date.now() - at >= FORGET_MS) nodes.delete(node);
      if (nodes.size === 0) this.elsewhere.delete(roomId);
    }
  }

  private report(roomId: string): void {
    const report: Report = { node: this.node, room_id: roomId, count: this.rooms.get(roomId) ?? 0 };
    this.bus.publish(CHANNEL, JSON.stringify(report)).catch(() => undefined);
  }

  private hear({ node, room_id, count }: Report): void {
    if (node === this.node) return;
    const nodes = this.elsewhere.get(room_id) ?? new Map<string, { count: number; at: number }>();
    this.elsewhere.set(room_id, nodes.set(node, { count, at: Date.now() }));
  }
}

function add(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
