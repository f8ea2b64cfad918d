import type { HostsConfig } from '../../hosts.config.js';

const PATIENCE_MS = 10_000;

export interface GithubSettings {
  /** Where the REST API is: `https://api.github.com`, or `https://HOST/api/v3`. */
  readonly apiUrl: string;
  /** Where people look and git clones: `https://github.com`. */
  readonly url: string;
  readonly app?: { readonly id: string; readonly privateKey: string };
  /** The server's own token, for rooms that bring none where there is no App. */
  readonly token?: string;
  /** A limit that ends within this time is waited for. */
  readonly patienceMs: number;
}

/** How this server reaches GitHub, as it is configured. */
export function githubSettings(config: HostsConfig): GithubSettings {
  const { githubAppId: id, githubAppPrivateKey: key, githubToken: token } = config;
  const url = config.githubUrl.replace(/\/$/, '');
  const own = url === 'https://github.com' ? 'https://api.github.com' : `${url}/api/v3`;
  return {
    url,
    apiUrl: (config.githubApiUrl ?? own).replace(/\/$/, ''),
    patienceMs: PATIENCE_MS,
    ...(id && key ? { app: { id, privateKey: key.replaceAll('\\n', '\n') } } : {}),
    ...(token ? { token } : {}),
  };
}
