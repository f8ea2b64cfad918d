import { join, resolve } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import type { GitHostName } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import type { Forge } from '../application/forge.js';
import type { HostLink, HostLinks } from '../application/host-links.js';
import { RoomLinks } from '../application/room-tokens.js';
import type { WebhookProvider } from '../domain/webhook-provider.js';
import { GitConfig } from '../git.config.js';
import { HostsConfig } from '../hosts.config.js';
import { saveLimit } from '../persistence/host-connections.js';
import { GithubClient } from './github/github-client.js';
import { GithubForge } from './github/github-forge.js';
import { githubSettings } from './github/github-settings.js';
import { GitlabClient } from './gitlab/gitlab-client.js';
import { GitlabForge } from './gitlab/gitlab-forge.js';
import { HostedGitHost, type HostedSettings } from './hosted-git-host.js';

/** The code hosts that this server is set up for. */
@Injectable()
export class HostedHosts {
  private readonly log = new Logger(HostedHosts.name);
  readonly all: Readonly<Record<WebhookProvider, HostedGitHost>>;
  private readonly forges: Readonly<Record<WebhookProvider, (links: HostLinks) => Forge>>;

  constructor(
    private readonly config: HostsConfig,
    git: GitConfig,
    links: RoomLinks,
    private readonly database: Database,
  ) {
    this.forges = { github: this.githubForges(), gitlab: this.gitlabForges() };
    const hostOf = (name: WebhookProvider): HostedGitHost =>
      new HostedGitHost(mirrorSettings(git), this.forges[name](links), links);
    this.all = { github: hostOf('github'), gitlab: hostOf('gitlab') };
  }

  /** The host as it is to whoever holds that link, whatever is kept of any room. */
  forgeWith(name: WebhookProvider, link: HostLink): Forge {
    return this.forges[name]({ find: () => Promise.resolve(link) });
  }

  of(name: Exclude<GitHostName, 'local'>): HostedGitHost {
    return this.all[name];
  }

  /** Does the server hold anything of its own that opens repositories there? */
  hasCredentials(name: Exclude<GitHostName, 'local'>): boolean {
    const { githubAppId, githubAppPrivateKey, githubToken } = this.config;
    const github = (githubAppId && githubAppPrivateKey) ?? githubToken;
    return (name === 'github' ? github : this.config.gitlabToken) !== undefined;
  }

  private githubForges(): (links: HostLinks) => Forge {
    const settings = githubSettings(this.config);
    const onLimited = (link: HostLink, until: Date): void => this.noteLimit('github', link, until);
    const client = new GithubClient(settings, { onLimited });
    return (links) => new GithubForge(settings, client, links);
  }

  private gitlabForges(): (links: HostLinks) => Forge {
    const { gitlabUrl, gitlabToken: token } = this.config;
    const url = gitlabUrl.replace(/\/$/, '');
    const settings = { url, patienceMs: 10_000, ...(token ? { token } : {}) };
    const onLimited = (link: HostLink, until: Date): void => this.noteLimit('gitlab', link, until);
    const client = new GitlabClient(settings, { onLimited });
    return (links) => new GitlabForge(settings, client, links);
  }

  private noteLimit(host: GitHostName, { fullName }: HostLink, until: Date): void {
    this.log.warn(`${host} is limiting us for ${fullName} until ${until.toISOString()}`);
    void this.database
      .transaction((tx) => saveLimit(tx, host, fullName, until))
      .catch((error: unknown) => this.log.error(String(error)));
  }
}

/** Mirrors keep to the limits of imports: both copy what somebody else has. */
function mirrorSettings(config: GitConfig): HostedSettings {
  const root = resolve(config.root);
  const rules = {
    maxPushBytes: config.maxPushBytes,
    maxImportBytes: config.maxImportBytes,
    timeoutMs: config.importTimeoutMs,
    ...(config.importCaFile ? { caFile: config.importCaFile } : {}),
  };
  return {
    home: join(root, 'home'),
    root: join(root, 'mirrors'),
    limits: rules,
    rules,
    timeoutMs: config.importTimeoutMs,
  };
}
