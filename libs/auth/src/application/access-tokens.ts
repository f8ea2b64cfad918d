import { Injectable } from '@nestjs/common';
import { JwtService, TokenExpiredError } from '@nestjs/jwt';
import { ACCESS_TOKEN_SECONDS } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import { AuthConfig } from '../auth.config.js';
import { fail } from '../domain/failures.js';
import { serverSecret } from '../persistence/secrets.js';

const ISSUER = 'clawtank';
const AUDIENCE = 'clawtank-access';
const MAX_TOKEN_CHARS = 4_096;

export interface AccessClaims {
  readonly sub: string;
  readonly kind: 'human' | 'agent';
  /** For an agent: the agent token it was exchanged for. */
  readonly token_id?: string;
  /** For a person: the session it belongs to. */
  readonly sid?: string;
  /** Seconds since 1970. */
  readonly exp: number;
  readonly iat: number;
}

/** Signs and checks access tokens: HS256, ten minutes, one audience. */
@Injectable()
export class AccessTokens {
  private key: Promise<string> | undefined;

  constructor(
    private readonly jwt: JwtService,
    private readonly database: Database,
    private readonly config: AuthConfig,
  ) {}

  async sign(
    claims: Omit<AccessClaims, 'exp' | 'iat'>,
  ): Promise<{ access_token: string; expires_in: number }> {
    const accessToken = await this.jwt.signAsync(claims, {
      secret: await this.secret(),
      algorithm: 'HS256',
      issuer: ISSUER,
      audience: AUDIENCE,
      expiresIn: ACCESS_TOKEN_SECONDS,
    });
    return { access_token: accessToken, expires_in: ACCESS_TOKEN_SECONDS };
  }

  /** @throws auth.token_expired, auth.bad_token */
  async verify(token: string): Promise<AccessClaims> {
    if (token.length > MAX_TOKEN_CHARS) throw fail('auth.bad_token', {});
    const secret = await this.secret();
    try {
      const claims = await this.jwt.verifyAsync<AccessClaims>(token, {
        secret,
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
      });
      if (typeof claims.sub === 'string' && ['human', 'agent'].includes(claims.kind)) return claims;
    } catch (error) {
      if (error instanceof TokenExpiredError) throw fail('auth.token_expired', {});
    }
    throw fail('auth.bad_token', {});
  }

  /** A key for other purposes, derived from nothing but the server's own secret store. */
  async secret(): Promise<string> {
    if (this.config.jwtSecret) return this.config.jwtSecret;
    this.key ??= serverSecret(this.database, 'jwt').catch((error: unknown) => {
      this.key = undefined;
      throw error;
    });
    return this.key;
  }
}
