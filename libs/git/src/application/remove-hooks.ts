import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { Failure } from '@clawtank/kernel';
import { hookRetrySeconds } from '../domain/hook-trouble.js';
import { HostedHosts } from '../hosted/hosted-hosts.js';
import {
  delayHookRemoval,
  endHookRemoval,
  type HookRemoval,
  takeHookRemoval,
} from '../persistence/hook-removals.js';

const HELD_SECONDS = 120;
/** A host that was away for longer keeps a webhook that leads nowhere. */
const PATIENCE_HOURS = 72;
const AWAY = ['host.limited', 'host.unavailable'];

/** Takes the webhooks of deleted rooms away at their hosts. */
@Injectable()
export class RemoveHooks {
  private readonly log = new Logger(RemoveHooks.name);

  constructor(
    private readonly hosts: HostedHosts,
    private readonly database: Database,
  ) {}

  async run(): Promise<void> {
    for (;;) {
      const removal = await this.database.transaction((tx) => takeHookRemoval(tx, HELD_SECONDS));
      if (!removal) return;
      await this.attempt(removal);
    }
  }

  private async attempt(removal: HookRemoval): Promise<void> {
    try {
      await this.remove(removal);
    } catch (error) {
      const failure = error instanceof Failure ? error : undefined;
      this.log.warn(`webhook of deleted room ${removal.roomId}: ${String(error)}`);
      const away = failure === undefined || AWAY.includes(failure.reason);
      if (away && removal.ageHours < PATIENCE_HOURS) return this.delay(removal, failure);
    }
    await this.database.transaction((tx) => endHookRemoval(tx, removal.hookId));
  }

  /** Found by its address, since nobody may have heard the host's id of it. */
  private async remove({ provider, roomId, hookId }: HookRemoval): Promise<void> {
    const { forge } = this.hosts.of(provider);
    const there = await forge.hooks(roomId);
    for (const { id } of there.filter((hook) => hook.url.endsWith(`/${hookId}`)))
      await forge.removeHook(roomId, id);
  }

  private async delay({ hookId, attempts }: HookRemoval, failure: Failure | undefined): Promise<void> {
    const seconds = hookRetrySeconds(attempts, failure?.extras.retryAfterMs);
    await this.database.transaction((tx) => delayHookRemoval(tx, hookId, seconds));
  }
}
