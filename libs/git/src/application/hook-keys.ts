import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { serverSecret } from '@clawtank/auth';
import { Database } from '@clawtank/database';
import { findHook, type Hook } from '../persistence/hooks.js';

/** What deliveries to one webhook may be signed with. */
export interface HookSecrets {
  readonly current: string;
  /** The one before it, for a while after a change. */
  readonly previous?: string;
}

/**
 * The secrets of webhooks. Each is made from a key that all nodes share, the webhook's id and the number of its
 * secret, so that no table holds them. They have the form of GitLab's signing tokens, which GitHub takes as any text.
 */
@Injectable()
export class HookKeys {
  private key: Promise<string> | undefined;

  constructor(private readonly database: Database) {}

  /** Undefined for a webhook that nobody made, or made for another host. */
  async find(provider: Hook['provider'], hookId: string): Promise<HookSecrets | undefined> {
    const hook = await findHook(this.database, hookId);
    return hook?.provider === provider ? this.of(hook) : undefined;
  }

  async of({ id, signed, generation, overlaps }: Hook): Promise<HookSecrets> {
    const key = await this.sharedKey();
    const nth = (n: number): string =>
      (signed ? 'whsec_' : '') +
      createHmac('sha256', key)
        .update(`webhook ${id} ${String(n)}`)
        .digest('base64');
    return {
      current: nth(generation),
      ...(overlaps && generation > 1 ? { previous: nth(generation - 1) } : {}),
    };
  }

  private async sharedKey(): Promise<string> {
    this.key ??= this.database.transaction((tx) => serverSecret(tx, 'webhooks'));
    try {
      return await this.key;
    } catch (error) {
      this.key = undefined;
      throw error;
    }
  }
}
