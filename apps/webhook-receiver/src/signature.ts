import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;

/**
 * Checks GitHub's `X-Hub-Signature-256`, an HMAC over the bytes that came, in constant time
 * (docs.github.com: validating webhook deliveries). SHA-1 signatures are none.
 */
export function isSignedByGithub(secret: string, body: Buffer, signature: string | undefined): boolean {
  const [, hex] = SIGNATURE.exec(signature ?? '') ?? [];
  if (!hex) return false;
  return timingSafeEqual(Buffer.from(hex, 'hex'), createHmac('sha256', secret).update(body).digest());
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares GitLab's `X-Gitlab-Token` with the secret, in constant time whatever their lengths. */
export const isTokenOfGitlab = (secret: string, token: string | undefined): boolean =>
  timingSafeEqual(digest(token ?? ''), digest(secret));
