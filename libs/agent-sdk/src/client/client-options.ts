import { type TokenProvider, staticToken } from '../tokens/token-provider.js';
import { agentTokens } from '../tokens/providers.js';
import type { BackoffOptions } from '../wire/backoff.js';

export interface ClientOptions {
  /** Where the server is, e.g. `https://tank.example.org`. */
  readonly server: string;
  /** An access token somebody else keeps fresh, `{agentToken}`, or any provider. */
  readonly token: string | { readonly agentToken: string } | TokenProvider;
  readonly backoff?: BackoffOptions;
  /** Another `fetch` than the global one. */
  readonly fetch?: typeof fetch;
}

export function tokensOf(options: ClientOptions): TokenProvider {
  const { token, server } = options;
  if (typeof token === 'string') return staticToken(token);
  if ('access' in token) return token;
  return agentTokens({
    server,
    agentToken: token.agentToken,
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
}
