import type { SignInProviderId } from '@clawtank/contracts';
import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import type { Profile } from '../domain/profile.js';

export type Tokens = TokenEndpointResponse & TokenEndpointResponseHelpers;

/** Where people sign in beside here. */
export interface Provider {
  readonly id: SignInProviderId;
  readonly name: string;
  readonly scope: string;
  /** It speaks OpenID Connect: an ID token with our nonce is demanded of it. */
  readonly openid: boolean;
  /** What it answers to anybody, to see whether it is there and what time it has. */
  readonly probe: string;
  /** Its endpoints and our registration there. */
  configuration(): Promise<Configuration>;
  profile(config: Configuration, tokens: Tokens): Promise<Profile>;
}
