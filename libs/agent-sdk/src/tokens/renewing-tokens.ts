import type { AccessReply } from '@clawtank/contracts';
import { within, type WaitOptions } from '../wire/wait.js';
import type { AccessToken, TokenProvider } from './token-provider.js';

/** The share of a token's life after which the next one is fetched: a slow server has the rest to answer. */
const RENEW_AFTER = 0.75;

export interface RenewingOptions {
  /** An access token to begin with, e.g. of the login that gave the refresh token. */
  readonly first?: AccessReply;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Keeps an access token fresh by fetching the next one ahead of the end of the last. */
export class RenewingTokens implements TokenProvider {
  private current: AccessToken | undefined;
  private pending: Promise<AccessToken> | undefined;
  private readonly now: () => number;

  constructor(
    private readonly fetchNext: () => Promise<AccessReply>,
    options: RenewingOptions = {},
  ) {
    this.now = options.now ?? Date.now;
    if (options.first) this.current = this.keep(options.first);
  }

  async access(options: WaitOptions = {}): Promise<AccessToken> {
    if (this.current && this.now() < this.current.renewAt) return this.current;
    return within((this.pending ??= this.renew()), options);
  }

  refuse(token: string): boolean {
    if (this.current?.token === token) this.current = undefined;
    return true;
  }

  /** One fetch for all who ask meanwhile: a refresh token that rotates must not be shown twice. */
  private async renew(): Promise<AccessToken> {
    try {
      this.current = this.keep(await this.fetchNext());
      return this.current;
    } finally {
      this.pending = undefined;
    }
  }

  private keep(reply: AccessReply): AccessToken {
    return { token: reply.access_token, renewAt: this.now() + reply.expires_in * 1000 * RENEW_AFTER };
  }
}
