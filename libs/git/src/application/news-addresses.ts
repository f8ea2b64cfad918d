import { Injectable } from '@nestjs/common';
import { newsBase } from '../domain/hook-address.js';
import type { WebhookProvider } from '../domain/webhook-provider.js';
import { HostsConfig } from '../hosts.config.js';

/** Where code hosts can tell this server of news. */
@Injectable()
export class NewsAddresses {
  constructor(private readonly config: HostsConfig) {}

  /** Undefined where that host can't reach this server, as far as it knows. */
  of(provider: WebhookProvider): string | undefined {
    const { publicUrl, githubUrl, gitlabUrl } = this.config;
    return newsBase(publicUrl, provider === 'github' ? githubUrl : gitlabUrl);
  }
}
