import type { ConnectionView } from '@clawtank/contracts';
import { Injectable } from '@nestjs/common';
import type { Tx } from '@clawtank/database';
import { findRepositoryRequest } from '@clawtank/rooms';
import { HostsConfig } from '../hosts.config.js';
import { findConnection } from '../persistence/connections.js';
import { hooksOf } from '../persistence/hooks.js';
import { findLimit, tokenSetAt } from '../persistence/host-connections.js';
import { NewsAddresses } from './news-addresses.js';

const NAMES = { github: 'GitHub', gitlab: 'GitLab' } as const;

/** Tells how a room is connected to its code host. */
@Injectable()
export class ConnectionViews {
  constructor(
    private readonly config: HostsConfig,
    private readonly addresses: NewsAddresses,
  ) {}

  /** Null for a room on the built-in host. */
  async of(tx: Tx, roomId: string): Promise<ConnectionView | null> {
    const request = await findRepositoryRequest(tx, roomId);
    if (!request || request.host === 'local' || request.fullName === null) return null;
    const { host, fullName } = request;
    const [setAt, { obstacles, checkedAt }] = [
      await tokenSetAt(tx, roomId),
      await findConnection(tx, roomId),
    ];
    const base = host === 'github' ? this.config.githubUrl : this.config.gitlabUrl;
    return {
      host,
      full_name: fullName,
      url: `${base.replace(/\/$/, '')}/${fullName}`,
      opened_by: setAt ? 'token' : 'server',
      token_set_at: setAt?.toISOString() ?? null,
      limited_until: (await findLimit(tx, roomId))?.toISOString() ?? null,
      ...(await this.newsOf(tx, roomId, host)),
      obstacles,
      checked_at: checkedAt?.toISOString() ?? null,
    };
  }

  private async newsOf(
    tx: Tx,
    roomId: string,
    host: keyof typeof NAMES,
  ): Promise<Pick<ConnectionView, 'news' | 'news_trouble'>> {
    const [hook] = await hooksOf(tx, roomId);
    if (hook?.url && hook.trouble === null) return { news: 'webhook', news_trouble: null };
    const nowhere = `${NAMES[host]} can’t tell this server of news, because CLAWTANK_URL names no address that it could reach.`;
    const soon = `The webhook at ${NAMES[host]} is not set up yet.`;
    const why = hook?.trouble ?? (this.addresses.of(host) === undefined ? nowhere : soon);
    return { news: 'look', news_trouble: why };
  }
}
