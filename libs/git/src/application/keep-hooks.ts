import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { hookAddress } from '../domain/hook-address.js';
import type { WebhookProvider } from '../domain/webhook-provider.js';
import { HostedHosts } from '../hosted/hosted-hosts.js';
import { addMissingHooks, hookSendsToken, takeHook, type WantedHook } from '../persistence/hooks.js';
import type { Forge, ForgeHook } from './forge.js';
import { HookKeys } from './hook-keys.js';
import { HookWork } from './hook-work.js';
import { NewsAddresses } from './news-addresses.js';

/** Longer than all that one try asks of a host may take. */
const HELD_SECONDS = 120;
const PROVIDERS: readonly WebhookProvider[] = ['github', 'gitlab'];

/**
 * Sees that each room on a code host has its webhook there, at this server's present address. A row is written
 * before anything is asked of the host and says what is still to be done, so that a crash leaves nothing open; the
 * webhook's own id is part of its address, by which a second try finds what the first one made.
 */
@Injectable()
export class KeepHooks {
  private readonly log = new Logger(KeepHooks.name);

  constructor(
    private readonly hosts: HostedHosts,
    private readonly addresses: NewsAddresses,
    private readonly keys: HookKeys,
    private readonly database: Database,
    private readonly work: HookWork,
  ) {}

  async run(): Promise<void> {
    for (const provider of PROVIDERS) {
      const base = this.addresses.of(provider);
      if (base === undefined) continue;
      await this.database.transaction((tx) => addMissingHooks(tx, provider));
      for (;;) {
        const take = { provider, base, seconds: HELD_SECONDS };
        const hook = await this.database.transaction((tx) => takeHook(tx, take));
        if (!hook) break;
        await this.setUp(hook, base);
      }
    }
  }

  private async setUp(hook: WantedHook, base: string): Promise<void> {
    const { forge } = this.hosts.of(hook.provider);
    const url = hookAddress(base, hook.provider, hook.id);
    try {
      const made = await this.ensure(hook, forge, url);
      await this.work.done(hook, forge, { url, made });
    } catch (error) {
      this.log.warn(`webhook of ${hook.roomId}: ${error instanceof Error ? error.message : String(error)}`);
      await this.work.failed(hook, forge, error);
    }
  }

  /** A host that turns out not to sign is given the secret in its plainer form. */
  private async ensure(hook: WantedHook, forge: Forge, url: string): Promise<ForgeHook> {
    const { current } = await this.keys.of(hook);
    const made = await forge.ensureHook(hook.roomId, { url, secret: current });
    if (made.signs || !hook.signed) return made;
    await this.database.transaction((tx) => hookSendsToken(tx, hook.id));
    const { current: plain } = await this.keys.of({ ...hook, signed: false });
    return forge.ensureHook(hook.roomId, { url, secret: plain });
  }
}
