import { Injectable } from '@nestjs/common';
import type { Caller } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { Gather } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import { findAgents, findLiveTokens } from '../persistence/agents.js';
import { findEnded, type SessionProof } from '../persistence/session-proofs.js';
import { findEndedSessions } from '../persistence/sign-in-sessions.js';
import { findUsers } from '../persistence/users.js';
import { AccessTokens } from './access-tokens.js';

export interface VerifiedCaller {
  readonly caller: Caller;
  readonly expiresAt: Date;
  /** What to ask `ended` about while a session goes on. */
  readonly proof: SessionProof;
}

/** Turns an access token into a caller. Suspension and revocation take effect at the next use. */
@Injectable()
export class TokenVerifier {
  // When thousands come back at once, they are looked up together.
  private readonly users = new Gather((ids: readonly string[]) =>
    findEach(ids, (all) => findUsers(this.database, all)),
  );
  private readonly agents = new Gather((ids: readonly string[]) =>
    findEach(ids, (all) => findAgents(this.database, all)),
  );
  private readonly liveTokens = new Gather(async (ids: readonly string[]) => {
    const live = await findLiveTokens(this.database, ids);
    return ids.map((id) => live.has(id));
  });
  private readonly endedSessions = new Gather(async (ids: readonly string[]) => {
    const ended = await findEndedSessions(this.database, ids);
    return ids.map((id) => ended.has(id));
  });

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
      claims.kind === 'human'
        ? await this.signedIn(claims.sub, claims.iat, claims.sid)
        : await this.agent(claims.sub, claims.token_id);
    const isAgent = claims.kind === 'agent';
    const proof: SessionProof = {
      userId: who.userId,
      agentId: isAgent ? claims.sub : null,
      agentTokenId: isAgent ? (claims.token_id ?? null) : null,
      signedAt: isAgent ? null : claims.iat,
      signInId: isAgent ? null : (claims.sid ?? null),
    };
    return { caller: { ...who, address, sessionId }, expiresAt: new Date(claims.exp * 1_000), proof };
  }

  /**
   * Looks again at open sessions, all in one statement. That their tokens expire is not looked at.
   * @returns the indexes of those that were suspended, revoked or signed out
   */
  async ended(proofs: readonly SessionProof[]): Promise<readonly number[]> {
    return proofs.length === 0 ? [] : findEnded(this.database, proofs);
  }

  private async signedIn(
    id: string,
    signedAt: number,
    sessionId: string | undefined,
  ): Promise<Omit<Caller, 'address' | 'sessionId'>> {
    const [who, ended] = await Promise.all([
      this.human(id, signedAt),
      sessionId !== undefined && this.endedSessions.get(sessionId),
    ]);
    if (ended) throw fail('auth.bad_token', {});
    return { ...who, signInId: sessionId ?? null };
  }

  private async human(id: string, signedAt: number): Promise<Omit<Caller, 'address' | 'sessionId'>> {
    const user = await this.users.get(id);
    if (!user || isOlder(signedAt, user.sessions_since)) throw fail('auth.bad_token', {});
    if (user.suspended_at) throw fail('auth.suspended', {});
    return { kind: 'human', id, name: user.display_name, userId: id, isAdmin: user.is_admin };
  }

  private async agent(
    id: string,
    tokenId: string | undefined,
  ): Promise<Omit<Caller, 'address' | 'sessionId'>> {
    const [agent, live] = await Promise.all([
      this.agents.get(id),
      tokenId !== undefined && this.liveTokens.get(tokenId),
    ]);
    if (!agent || !live) throw fail('auth.bad_token', {});
    const owner = await this.human(agent.owner_id, Number.POSITIVE_INFINITY);
    return { kind: 'agent', id, name: agent.name, userId: owner.id, isAdmin: false };
  }
}

async function findEach<R extends { readonly id: string }>(
  ids: readonly string[],
  find: (ids: readonly string[]) => Promise<readonly R[]>,
): Promise<readonly (R | undefined)[]> {
  const found = new Map((await find([...new Set(ids)])).map((row) => [row.id, row]));
  return ids.map((id) => found.get(id));
}

/** Signing times are whole seconds: a token of the very second in which sessions ended is let through. */
const isOlder = (signedAt: number, since: Date | null): boolean =>
  since !== null && signedAt < Math.floor(since.getTime() / 1_000);
