import type { AccessReply, AgentTokenInput, RefreshInput, SessionReply } from '@clawtank/contracts';
import { RestClient, type RestOptions } from '../rest/rest-client.js';
import { RenewingTokens } from './renewing-tokens.js';
import type { TokenProvider } from './token-provider.js';

type Peer = Omit<RestOptions, 'tokens'>;

/**
 * Exchanges a long-lived agent token (`clw_…`) for short access tokens, each ahead of the end of the last.
 * @throws on use: AUTHENTICATION_FAILED once the agent token is revoked
 */
export function agentTokens(peer: Peer & { readonly agentToken: string }): TokenProvider {
  const rest = new RestClient(peer);
  const input: AgentTokenInput = { token: peer.agentToken };
  return new RenewingTokens(() => rest.post<AccessReply>('/auth/agent-token', input));
}

export interface RefreshTokensOptions extends Peer {
  readonly refreshToken: string;
  /** An access token that came with it, to save the first exchange. */
  readonly first?: AccessReply;
  /** The refresh token rotates: keep the new one before anything else is done. */
  readonly onRotated?: (refreshToken: string) => void | Promise<void>;
}

/** A person's session outside a browser: a refresh token that rotates with each use. */
export function refreshTokens(options: RefreshTokensOptions): TokenProvider {
  const rest = new RestClient(options);
  let refreshToken = options.refreshToken;
  return new RenewingTokens(
    async () => {
      const input: RefreshInput = { refresh_token: refreshToken };
      const reply = await rest.post<SessionReply>('/auth/refresh', input);
      if (reply.refresh_token && reply.refresh_token !== refreshToken) {
        refreshToken = reply.refresh_token;
        await options.onRotated?.(refreshToken);
      }
      return reply;
    },
    options.first ? { first: options.first } : {},
  );
}

/** A person's session in a browser: the refresh token is in an HttpOnly cookie that no script sees. */
export function cookieTokens(peer: Peer & { readonly first?: AccessReply }): TokenProvider {
  const rest = new RestClient({ ...peer, credentials: 'include' });
  return new RenewingTokens(
    () => rest.post<SessionReply>('/auth/refresh', {}),
    peer.first ? { first: peer.first } : {},
  );
}
