import { createHash } from 'node:crypto';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';
import { fail } from '../../domain/failures.js';
import type { HostLink } from '../../application/host-links.js';
import type { GithubSettings } from './github-settings.js';

/** A token that is good now. */
export interface GithubToken {
  readonly token: string;
  /** What the limits are counted for. */
  readonly account: string;
  readonly isApp: boolean;
  /** What was granted to the App there; of other tokens nobody tells. */
  readonly permissions?: Readonly<Record<string, string>>;
}

/** Finds what opens a repository: the room's own token, else the App where it is installed, else the server's token. */
export class GithubCredentials {
  private readonly installations = new Map<string, number>();
  private readonly appAuth: ReturnType<typeof createAppAuth> | undefined;
  private readonly plain: Octokit;

  constructor(private readonly settings: GithubSettings) {
    this.plain = new Octokit({ baseUrl: settings.apiUrl, userAgent: 'clawtank', log: SILENT });
    const { app } = settings;
    this.appAuth =
      app && createAppAuth({ appId: app.id, privateKey: app.privateKey, request: this.plain.request });
  }

  /** @param afresh the last one was refused; @throws host.no_credentials, host.not_connected */
  async of(link: HostLink, afresh = false): Promise<GithubToken> {
    if (link.token !== null) return { token: link.token, account: accountOf(link.token), isApp: false };
    if (this.appAuth) return this.installationToken(link, this.appAuth, afresh);
    const { token } = this.settings;
    if (token === undefined) throw fail('host.no_credentials', { host: 'GitHub' });
    return { token, account: accountOf(token), isApp: false };
  }

  private async installationToken(
    { fullName }: HostLink,
    auth: ReturnType<typeof createAppAuth>,
    afresh: boolean,
  ): Promise<GithubToken> {
    const owner = fullName.split('/')[0] ?? '';
    const known = this.installations.get(owner);
    const installationId = known ?? (await this.installationOf(fullName, owner, auth));
    this.installations.set(owner, installationId);
    try {
      const made = await auth({ type: 'installation', installationId, refresh: afresh });
      const { token, permissions } = made;
      return { token, account: `installation ${String(installationId)}`, isApp: true, permissions };
    } catch (error) {
      // Taken away and installed anew, the App has another installation.
      this.installations.delete(owner);
      if (known !== undefined && statusOf(error) === 404)
        return this.installationToken({ fullName, token: null }, auth, true);
      throw error;
    }
  }

  private async installationOf(
    fullName: string,
    owner: string,
    auth: ReturnType<typeof createAppAuth>,
  ): Promise<number> {
    const { token } = await auth({ type: 'app' });
    const headers = { authorization: `bearer ${token}` };
    const name = fullName.split('/')[1] ?? '';
    const ask = [
      () => this.plain.request('GET /repos/{owner}/{repo}/installation', { owner, repo: name, headers }),
      () => this.plain.request('GET /orgs/{org}/installation', { org: owner, headers }),
      () => this.plain.request('GET /users/{username}/installation', { username: owner, headers }),
    ];
    for (const attempt of ask) {
      const answer = await attempt().catch((error: unknown) => {
        if (statusOf(error) !== 404) throw error;
      });
      if (answer) return answer.data.id;
    }
    throw fail('host.not_connected', { host: 'GitHub', repository: fullName });
  }
}

/** Tells tokens apart in what is remembered of them, which must not outlive them. */
const accountOf = (token: string): string => `token ${createHash('sha256').update(token).digest('hex')}`;

const nothing = (): void => undefined;
/** Octokit's log would name addresses and what went wrong with them; ours has both, without tokens. */
export const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The HTTP status in an error of Octokit's. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
