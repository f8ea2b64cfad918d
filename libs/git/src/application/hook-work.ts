import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { Failure } from '@clawtank/kernel';
import { hookRetrySeconds, setupTrouble } from '../domain/hook-trouble.js';
import { hookFailed, hookIsSet, saveHookAtHost, type WantedHook } from '../persistence/hooks.js';
import type { Forge, ForgeHook } from './forge.js';
import { HookNews } from './hook-news.js';
import { SyncRoom } from './sync-room.js';

/** Writes down what came of setting a webhook up, and does what follows from it. */
@Injectable()
export class HookWork {
  private readonly log = new Logger(HookWork.name);

  constructor(
    private readonly database: Database,
    private readonly news: HookNews,
    private readonly rooms: SyncRoom,
  ) {}

  async done(
    hook: WantedHook,
    forge: Forge,
    { url, made }: { readonly url: string; readonly made: ForgeHook },
  ): Promise<void> {
    const saved = await this.database.transaction((tx) => saveHookAtHost(tx, hook.id, made.id));
    // The room was deleted meanwhile, and with it whoever would remember this webhook.
    if (!saved) return forge.removeHook(hook.roomId, made.id);
    if (hook.hostHookId !== null && hook.hostHookId !== made.id)
      await forge.removeHook(hook.roomId, hook.hostHookId);
    await this.database.transaction((tx) => hookIsSet(tx, hook.id, url));
    await this.news.tell(hook.roomId, hook.id, forge.name, null);
    await this.catchUp(hook.roomId);
  }

  /** Nobody told us what happened before. What is missed here too, the regular round finds. */
  private async catchUp(roomId: string): Promise<void> {
    try {
      await this.rooms.all(roomId);
    } catch (error) {
      this.log.warn(`${roomId}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async failed(hook: WantedHook, forge: Forge, error: unknown): Promise<void> {
    const failure = error instanceof Failure ? error : undefined;
    const attempts = hook.attempts + 1;
    const seconds = hookRetrySeconds(attempts, failure?.extras.retryAfterMs);
    await this.database.transaction((tx) => hookFailed(tx, hook.id, { attempts, seconds }));
    const soonOver = failure?.reason === 'host.limited' || failure?.reason === 'host.unavailable';
    if (soonOver && attempts < 3) return;
    const why = failure ? failure.message : 'The server’s log says why.';
    await this.news.tell(hook.roomId, hook.id, forge.name, setupTrouble(forge.name, why));
  }
}
