import { Injectable } from '@nestjs/common';
import { fail } from '../domain/failures.js';
import { GitHubProvider } from '../providers/github-provider.js';
import { OidcProvider } from '../providers/oidc-provider.js';
import type { Provider } from '../providers/provider.js';
import { SignInConfig } from '../sign-in.config.js';

/** Who people may sign in through on this server. */
@Injectable()
export class SignInProviders {
  readonly all: readonly Provider[];

  constructor(config: SignInConfig) {
    this.all = [...gitHubOf(config), ...openIdsOf(config)];
  }

  /** @throws auth.provider_unknown */
  get(id: string): Provider {
    const provider = this.all.find((one) => one.id === id);
    if (!provider) throw fail('auth.provider_unknown', {});
    return provider;
  }
}

function gitHubOf(config: SignInConfig): Provider[] {
  const {
    githubClientId: clientId,
    githubClientSecret: clientSecret,
    githubUrl: url,
    githubApiUrl: apiUrl,
  } = config;
  return clientId && clientSecret ? [new GitHubProvider({ url, apiUrl, clientId, clientSecret })] : [];
}

function openIdsOf(config: SignInConfig): Provider[] {
  const candidates = [
    {
      id: 'google',
      name: 'Google',
      issuer: 'https://accounts.google.com',
      clientId: config.googleClientId,
      clientSecret: config.googleClientSecret,
    },
    {
      id: 'gitlab',
      name: 'GitLab',
      issuer: config.gitlabUrl,
      clientId: config.gitlabClientId,
      clientSecret: config.gitlabClientSecret,
    },
    {
      id: 'oidc',
      name: config.oidcName,
      issuer: config.oidcIssuer,
      clientId: config.oidcClientId,
      clientSecret: config.oidcClientSecret,
    },
  ] as const;
  return candidates.flatMap(({ clientId, clientSecret, issuer, ...rest }) =>
    clientId && clientSecret && issuer ? [new OidcProvider({ ...rest, clientId, clientSecret, issuer })] : [],
  );
}
