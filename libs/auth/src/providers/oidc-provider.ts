import type { SignInProviderId } from '@clawtank/contracts';
import { systemClock } from '@clawtank/kernel';
import { ClientSecretPost, type Configuration, discovery, fetchUserInfo } from 'openid-client';
import type { Profile } from '../domain/profile.js';
import { allowances, ANSWER_SECONDS } from './client-options.js';
import type { Provider, Tokens } from './provider.js';

const DISCOVERED_FOR_MS = 3_600_000;

export interface OidcSettings {
  readonly id: SignInProviderId;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

type Claims = Readonly<Record<string, unknown>>;

const textOf = (claims: Claims, ...names: readonly string[]): string => {
  const found = names.map((name) => claims[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : '';
};

/** Some providers write the flag as text. */
const isVerified = (claims: Claims): boolean => [true, 'true'].includes(claims['email_verified'] as boolean);

/** Any OpenID provider; it describes its endpoints itself. */
export class OidcProvider implements Provider {
  readonly id: SignInProviderId;
  readonly name: string;
  readonly scope = 'openid profile email';
  readonly openid = true;
  readonly probe: string;
  private found: { readonly at: number; readonly config: Promise<Configuration> } | undefined;

  constructor(private readonly settings: OidcSettings) {
    this.id = settings.id;
    this.name = settings.name;
    this.probe = `${settings.issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  }

  /** Asked when somebody first comes, not at start: a provider that is away keeps nobody else out. */
  configuration(): Promise<Configuration> {
    const now = systemClock.now().getTime();
    if (this.found && now - this.found.at < DISCOVERED_FOR_MS) return this.found.config;
    const config = this.discover();
    const found = { at: now, config };
    this.found = found;
    config.catch(() => {
      if (this.found === found) this.found = undefined;
    });
    return config;
  }

  async profile(config: Configuration, tokens: Tokens): Promise<Profile> {
    const claims = tokens.claims();
    if (!claims) throw new Error('no ID token, though one was demanded');
    // Some put into the ID token who it is about and nothing more.
    const more = config.serverMetadata().userinfo_endpoint
      ? await fetchUserInfo(config, tokens.access_token, claims.sub)
      : {};
    const all: Claims = { ...claims, ...more };
    const email = textOf(all, 'email');
    return {
      provider: this.id,
      issuer: claims.iss,
      subject: claims.sub,
      account: textOf(all, 'preferred_username', 'nickname', 'email', 'name'),
      name: textOf(all, 'name', 'nickname', 'preferred_username'),
      email: email !== '' && isVerified(all) ? email : null,
    };
  }

  private discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    return discovery(new URL(issuer), clientId, {}, ClientSecretPost(clientSecret), {
      timeout: ANSWER_SECONDS,
      execute: allowances(issuer),
    });
  }
}
