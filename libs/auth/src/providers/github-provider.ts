import { ClientSecretPost, Configuration, fetchProtectedResource } from 'openid-client';
import type { Profile } from '../domain/profile.js';
import { allowances, ANSWER_SECONDS } from './client-options.js';
import { UnusableAnswer } from './provider-error.js';
import type { Provider, Tokens } from './provider.js';

export interface GitHubSettings {
  /** GitHub itself, or a GitHub Enterprise Server. */
  readonly url: string;
  /** Its REST API; left out, the one that belongs to `url`. */
  readonly apiUrl?: string | undefined;
  readonly clientId: string;
  readonly clientSecret: string;
}

interface GitHubUser {
  readonly id: number;
  readonly login: string;
  readonly name: string | null;
}
interface GitHubEmail {
  readonly email: string;
  readonly primary: boolean;
  readonly verified: boolean;
}

const isUser = (value: unknown): value is GitHubUser =>
  typeof value === 'object' &&
  value !== null &&
  Number.isSafeInteger(Reflect.get(value, 'id')) &&
  typeof Reflect.get(value, 'login') === 'string';

/** GitHub's own server has its API on a host of its own, an Enterprise Server under a path. */
const apiOf = (url: string): string =>
  url === 'https://github.com' ? 'https://api.github.com' : `${url}/api/v3`;

/** GitHub speaks OAuth but no OpenID: who somebody is, its API says. */
export class GitHubProvider implements Provider {
  readonly id = 'github';
  readonly name = 'GitHub';
  readonly scope = 'read:user user:email';
  readonly openid = false;
  readonly probe: string;
  private readonly url: string;
  private readonly api: string;
  private readonly config: Configuration;

  constructor({ url, apiUrl, clientId, clientSecret }: GitHubSettings) {
    this.url = url.replace(/\/+$/, '');
    this.api = (apiUrl ?? apiOf(this.url)).replace(/\/+$/, '');
    this.probe = `${this.api}/meta`;
    const endpoints = {
      issuer: this.url,
      authorization_endpoint: `${this.url}/login/oauth/authorize`,
      token_endpoint: `${this.url}/login/oauth/access_token`,
    };
    this.config = new Configuration(endpoints, clientId, {}, ClientSecretPost(clientSecret));
    this.config.timeout = ANSWER_SECONDS;
    for (const allow of allowances(this.url)) allow(this.config);
  }

  configuration(): Promise<Configuration> {
    return Promise.resolve(this.config);
  }

  async profile(config: Configuration, { access_token }: Tokens): Promise<Profile> {
    const [user, emails] = await Promise.all(
      ['/user', '/user/emails'].map((path) => this.read(config, access_token, path)),
    );
    if (!isUser(user) || !Array.isArray(emails)) throw new UnusableAnswer('GitHub described nobody');
    const own = (emails as readonly GitHubEmail[]).find(({ primary, verified }) => primary && verified);
    return {
      provider: this.id,
      issuer: this.url,
      subject: String(user.id),
      account: user.login,
      name: user.name ?? user.login,
      email: own?.email ?? null,
    };
  }

  private async read(config: Configuration, token: string, path: string): Promise<unknown> {
    const headers = new Headers({ accept: 'application/vnd.github+json' });
    const url = new URL(this.api + path);
    const response = await fetchProtectedResource(config, token, url, 'GET', null, headers);
    if (!response.ok)
      throw new UnusableAnswer(`GitHub answered ${path} with ${String(response.status)}`, response.status);
    return response.json();
  }
}
