import { createHmac, randomBytes } from 'node:crypto';
import { REFRESH_REUSE_GRACE_SECONDS } from '@clawtank/contracts';

export interface RefreshRecord {
  readonly usedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly expiresAt: Date;
}

export type RefreshDecision = 'rotate' | 'repeat' | 'expired' | 'revoked' | 'reused';

/**
 * What a presented refresh token means. One that was used within the grace gets the same successor again, so
 * that two tabs don't log each other out; later use means that somebody else has it.
 */
export function decideRefresh(record: RefreshRecord, now: Date): RefreshDecision {
  if (record.revokedAt) return 'revoked';
  if (record.expiresAt <= now) return 'expired';
  if (!record.usedAt) return 'rotate';
  const ageSeconds = (now.getTime() - record.usedAt.getTime()) / 1_000;
  return ageSeconds <= REFRESH_REUSE_GRACE_SECONDS ? 'repeat' : 'reused';
}

export const newRefreshToken = (): string => randomBytes(32).toString('base64url');

/** Derived, not random: the same predecessor yields the same successor without keeping it readable. */
export const successorOf = (token: string, secret: string): string =>
  createHmac('sha256', secret).update(`refresh:${token}`).digest('base64url');
