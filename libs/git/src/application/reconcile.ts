import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { hookRetrySeconds, hookTrouble } from '../domain/hook-trouble.js';
import { hooksOf, hookWorks, type RoomHook, wantHook } from '../persistence/hooks.js';
import { hostedRooms } from '../persistence/hosted-rooms.js';
import type { Forge, ForgeHook } from './forge.js';
import { HookNews } from './hook-news.js';
import { NewsAddresses } from './news-addresses.js';
import { RoomHosts } from './room-hosts.js';
import { SyncRoom } from './sync-room.js';

const PAGE = 100;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
/** GitHub keeps deliveries about as long. */
const LOOK_BACK_MS = 3 * 86_400_000;

/**
 * The regular round through all rooms on code hosts, also at start: nothing that happened there is missed because
 * nobody told us. Deliveries that failed are asked for again, so that the host's own list shows them taken.
 */
@Injectable()
export class Reconcile {
  private readonly log = new Logger(Reconcile.name);

  constructor(
    private readonly hosts: RoomHosts,
    private readonly rooms: SyncRoom,
    private readonly database: Database,
    private readonly news: HookNews,
    private readonly addresses: NewsAddresses,
  ) {}

  async all(): Promise<void> {
    let after = BEFORE_ALL;
    for (;;) {
      const rooms = await this.database.transaction((tx) => hostedRooms(tx, after, PAGE));
      for (const roomId of rooms) await this.one(roomId);
      const last = rooms.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }

  /** One host that can't be reached must not keep the others from being looked at. */
  private async one(roomId: string): Promise<void> {
    try {
      await this.rooms.all(roomId);
      const forge = await this.hosts.forgeOf(roomId);
      if (forge) await this.lookAtHooks(roomId, forge);
    } catch (error) {
      this.log.warn(`${roomId}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async lookAtHooks(roomId: string, forge: Forge): Promise<void> {
    const ours = await this.database.transaction((tx) => hooksOf(tx, roomId));
    if (ours.length === 0) return;
    const there = await forge.hooks(roomId);
    for (const hook of ours) {
      const found = there.find(({ url }) => url.endsWith(`/${hook.id}`));
      await this.judge(roomId, forge, hook, found);
      if (found) await this.askAgain(roomId, forge, found);
    }
  }

  /** One that does not work is set up again, where this server is known to be reached; soon at first. */
  private async judge(
    roomId: string,
    forge: Forge,
    hook: RoomHook,
    found: ForgeHook | undefined,
  ): Promise<void> {
    // Still to be set up, which tells for itself how that goes.
    if (hook.url === null && this.addresses.of(hook.provider) !== undefined) return;
    const trouble = hookTrouble(forge.name, found);
    if (trouble !== hook.trouble) await this.news.tell(roomId, hook.id, forge.name, trouble);
    await this.database.transaction((tx) =>
      trouble === null ? hookWorks(tx, hook.id) : wantHook(tx, hook.id, hookRetrySeconds(hook.attempts)),
    );
  }

  /** Each event whose every attempt failed is asked for once more. */
  private async askAgain(roomId: string, forge: Forge, { id }: ForgeHook): Promise<void> {
    const attempts = await forge.deliveries(roomId, id, new Date(Date.now() - LOOK_BACK_MS));
    const taken = new Set(attempts.filter(({ ok }) => ok).map(({ guid }) => guid));
    const failed = new Map(
      attempts.filter(({ guid }) => !taken.has(guid)).map((one) => [one.guid, one.id] as const),
    );
    for (const deliveryId of failed.values()) await forge.redeliver(roomId, id, deliveryId);
  }
}
