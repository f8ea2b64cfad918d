import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { fail } from '../domain/failures.js';
import { useAttempt } from '../persistence/identities.js';
import type { Proofs } from '../providers/authorization.js';
import { AccessTokens } from './access-tokens.js';

export const ATTEMPT_SECONDS = 600;
const AUDIENCE = 'clawtank-sign-in';
const ENCRYPTION = 'A256GCM';
const KEY_BYTES = 32;

/** What the browser keeps, sealed, between leaving for a provider and coming back. */
export interface Attempt {
  readonly id: string;
  readonly provider: string;
  readonly redirectUri: string;
  readonly returnTo: string;
  /** Set where somebody who is signed in links an account to their own. */
  readonly linkTo: string | null;
  readonly proofs: Proofs;
  /** Seconds since 1970. */
  readonly begunAt: number;
}

/** Seals attempts for a cookie: no server keeps them, and nobody but a server reads or makes them. */
@Injectable()
export class SignInAttempts {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly database: Database,
  ) {}

  async seal(attempt: Omit<Attempt, 'id' | 'begunAt'>): Promise<string> {
    return new EncryptJWT({ attempt })
      .setProtectedHeader({ alg: 'dir', enc: ENCRYPTION })
      .setJti(newId())
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(`${String(ATTEMPT_SECONDS)}s`)
      .encrypt(await this.key());
  }

  /** @returns null for none, one that has expired, and one that was not sealed here */
  async open(sealed: string | undefined): Promise<Attempt | null> {
    if (!sealed) return null;
    const key = await this.key();
    try {
      const { payload } = await jwtDecrypt<{ attempt: Omit<Attempt, 'id' | 'begunAt'> }>(sealed, key, {
        audience: AUDIENCE,
        requiredClaims: ['jti', 'exp', 'iat'],
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: [ENCRYPTION],
      });
      const { jti = '', iat = 0, attempt } = payload;
      return { ...attempt, id: jti, begunAt: iat };
    } catch {
      return null;
    }
  }

  /** Before its answer is looked at, so that an answer counts once whatever comes of it. @throws auth.attempt_gone */
  async use({ id }: Attempt): Promise<void> {
    if (!(await this.database.transaction((tx) => useAttempt(tx, id)))) throw fail('auth.attempt_gone', {});
  }

  private async key(): Promise<Uint8Array> {
    return new Uint8Array(hkdfSync('sha256', await this.tokens.secret(), '', AUDIENCE, KEY_BYTES));
  }
}
