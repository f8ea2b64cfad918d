import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Profile } from '../domain/profile.js';
import type { Provider } from './provider.js';

/** What proves that an answer belongs to the question that was asked in this browser. */
export interface Proofs {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The provider's page to send a browser to. State and PKCE go with every question, whatever the provider says of them. */
export async function authorizationUrl(
  provider: Provider,
  redirectUri: string,
): Promise<{ url: string; proofs: Proofs }> {
  const proofs = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
  const url = buildAuthorizationUrl(await provider.configuration(), {
    redirect_uri: redirectUri,
    scope: provider.scope,
    state: proofs.state,
    code_challenge: await calculatePKCECodeChallenge(proofs.verifier),
    code_challenge_method: 'S256',
    ...(provider.openid ? { nonce: proofs.nonce } : {}),
  });
  return { url: url.href, proofs };
}

/** Redeems the code that a browser came back with. @param answer the redirect URI with the provider's query */
export async function redeem(provider: Provider, answer: URL, proofs: Proofs): Promise<Profile> {
  const config = await provider.configuration();
  const tokens = await authorizationCodeGrant(config, answer, {
    pkceCodeVerifier: proofs.verifier,
    expectedState: proofs.state,
    ...(provider.openid ? { expectedNonce: proofs.nonce, idTokenExpected: true } : {}),
  });
  return provider.profile(config, tokens);
}
