import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const GITHUB_SIGNATURE = /^sha256=([0-9a-f]{64})$/i;
const GITLAB_SIGNATURE = /^v1,([A-Za-z0-9+/]{43}=)$/;
const SIGNING_TOKEN = 'whsec_';
/** Further from our clock a signature is a replay. Each delivery is signed as it is sent, a repeated one too. */
const MAX_AGE_SECONDS = 300;
const MAX_SIGNATURES = 10;

/**
 * Checks GitHub's `X-Hub-Signature-256`, an HMAC over the bytes that came, in constant time
 * (docs.github.com: validating webhook deliveries). SHA-1 signatures are none.
 */
export function isSignedByGithub(secret: string, body: Buffer, signature: string | undefined): boolean {
  const [, hex] = GITHUB_SIGNATURE.exec(signature ?? '') ?? [];
  if (!hex) return false;
  return timingSafeEqual(Buffer.from(hex, 'hex'), createHmac('sha256', secret).update(body).digest());
}

/** The headers of a delivery that GitLab has signed, in the manner of Standard Webhooks. */
export interface SignedHeaders {
  readonly id: string | undefined;
  /** Unix seconds. */
  readonly timestamp: string | undefined;
  /** One or more of `v1,` and a base64 HMAC, divided by spaces. */
  readonly signature: string | undefined;
}

/** A signing token is the key in base64; any other secret is the key itself. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith(SIGNING_TOKEN)
    ? Buffer.from(secret.slice(SIGNING_TOKEN.length), 'base64')
    : Buffer.from(secret);

/** True for a secret with which GitLab signs; who has one is never content with the plain token. */
export const isSigningToken = (secret: string): boolean => secret.startsWith(SIGNING_TOKEN);

/** Checks GitLab's `webhook-signature` over id, time and bytes in constant time, and that the time is now. */
export function isSignedByGitlab(secret: string, body: Buffer, headers: SignedHeaders, now: Date): boolean {
  const { id, timestamp, signature } = headers;
  if (!id || !timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > MAX_AGE_SECONDS) return false;
  const expected = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest();
  return (signature ?? '')
    .split(' ', MAX_SIGNATURES)
    .map((one) => GITLAB_SIGNATURE.exec(one)?.[1])
    .filter((base64) => base64 !== undefined)
    .some((base64) => timingSafeEqual(Buffer.from(base64, 'base64'), expected));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares GitLab's `X-Gitlab-Token` with the secret, in constant time whatever their lengths. */
export const isTokenOfGitlab = (secret: string, token: string | undefined): boolean =>
  timingSafeEqual(digest(token ?? ''), digest(secret));
