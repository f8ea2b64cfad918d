import { Injectable } from '@nestjs/common';
import type { Caller } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { fail } from '../domain/failures.js';
import { findAgent, isAgentTokenLive } from '../persistence/agents.js';
import { findUser } from '../persistence/users.js';
import { AccessTokens } from './access-tokens.js';

export interface VerifiedCaller {
  readonly caller: Caller;
  readonly expiresAt: Date;
}

/** Turns an access token into a caller. Suspension and revocation take effect at the next use. */
@Injectable()
export class TokenVerifier {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly database: Database,
  ) {}

  /**
   * @param address the caller's network address, for limits and the audit log
   * @param sessionId the socket, or null
   * @throws auth.bad_token, auth.token_expired, auth.suspended
   */
  async verify(token: string, address: string, sessionId: string | null = null): Promise<VerifiedCaller> {
    const claims = await this.tokens.verify(token);
    const who =
      claims.kind === 'human' ? await this.human(claims.sub) : await this.agent(claims.sub, claims.token_id);
    return { caller: { ...who, address, sessionId }, expiresAt: new Date(claims.exp * 1_000) };
  }

  private async human(id: string): Promise<Omit<Caller, 'address' | 'sessionId'>> {
    const user = await findUser(this.database, id);
    if (!user) throw fail('auth.bad_token', {});
    if (user.suspended_at) throw fail('auth.suspended', {});
    return { kind: 'human', id, name: user.display_name, userId: id, isAdmin: user.is_admin };
  }

  private async agent(
    id: string,
    tokenId: string | undefined,
  ): Promise<Omit<Caller, 'address' | 'sessionId'>> {
    const agent = await findAgent(this.database, id);
    const live = tokenId !== undefined && (await isAgentTokenLive(this.database, tokenId));
    if (!agent || !live) throw fail('auth.bad_token', {});
    const owner = await this.human(agent.owner_id);
    return { kind: 'agent', id, name: agent.name, userId: owner.id, isAdmin: false };
  }
}
