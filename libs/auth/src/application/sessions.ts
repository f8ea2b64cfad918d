import { Injectable } from '@nestjs/common';
import type { SessionReply } from '@clawtank/contracts';
import { Database, type Tx } from '@clawtank/database';
import { newId, type Failure } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import { decideRefresh, newRefreshToken, successorOf } from '../domain/refresh.js';
import {
  insertRefreshToken,
  lockRefreshToken,
  markRefreshTokenUsed,
  type RefreshRow,
  revokeRefreshFamily,
  type SessionPlace,
} from '../persistence/refresh-tokens.js';
import { findUser, ownUserView, type UserRow } from '../persistence/users.js';
import { AccessTokens } from './access-tokens.js';

/** A session with its refresh token; the transport decides whether that goes into a cookie or the body. */
export interface OpenedSession {
  readonly reply: SessionReply;
  readonly refreshToken: string;
}

type Outcome =
  | { readonly user: UserRow; readonly next: string; readonly family: string }
  | { readonly refused: Failure };

interface Rotation {
  readonly token: string;
  readonly successor: string;
  readonly place: SessionPlace;
}

const NOWHERE: SessionPlace = { userAgent: '', address: '' };

/** Refresh tokens in rotating families. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
  ) {}

  /** Opens a session inside the caller's transaction. */
  async open(tx: Tx, user: UserRow, place: SessionPlace = NOWHERE): Promise<OpenedSession> {
    const refreshToken = newRefreshToken();
    const family = newId();
    await insertRefreshToken(tx, refreshToken, { family, userId: user.id, place });
    return { reply: await this.reply(user, family), refreshToken };
  }

  /** @throws auth.bad_token, auth.token_expired, auth.refresh_reused, auth.suspended */
  async refresh(token: string, place: SessionPlace = NOWHERE): Promise<OpenedSession> {
    const secret = await this.tokens.secret();
    const rotation = { token, successor: successorOf(token, secret), place };
    // A reused token must end its family for good, so the refusal is thrown after the commit.
    const outcome = await this.database.transaction((tx) => rotate(tx, rotation));
    if ('refused' in outcome) throw outcome.refused;
    return { reply: await this.reply(outcome.user, outcome.family), refreshToken: outcome.next };
  }

  /** Ends the session of this token; an unknown one is none to end. */
  async close(token: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await lockRefreshToken(tx, token);
      if (row) await revokeRefreshFamily(tx, row.family);
    });
  }

  private async reply(user: UserRow, family: string): Promise<SessionReply> {
    const access = await this.tokens.sign({ sub: user.id, kind: 'human', sid: family });
    return { user: ownUserView(user), ...access };
  }
}

async function rotate(tx: Tx, { token, successor, place }: Rotation): Promise<Outcome> {
  const row = await lockRefreshToken(tx, token);
  if (!row) return { refused: fail('auth.bad_token', {}) };
  const refused = await refusal(tx, row);
  if (refused) return { refused };
  const user = await findUser(tx, row.user_id);
  if (!user || user.suspended_at) return { refused: fail('auth.suspended', {}) };
  if (!row.used_at) {
    await markRefreshTokenUsed(tx, token);
    await insertRefreshToken(tx, successor, { family: row.family, userId: row.user_id, place });
  }
  return { user, next: successor, family: row.family };
}

async function refusal(tx: Tx, row: RefreshRow): Promise<Failure | undefined> {
  const record = { usedAt: row.used_at, revokedAt: row.revoked_at, expiresAt: row.expires_at };
  switch (decideRefresh(record, row.now)) {
    case 'rotate':
    case 'repeat':
      return undefined;
    case 'expired':
      return fail('auth.token_expired', {});
    case 'revoked':
      return fail('auth.bad_token', {});
    case 'reused':
      await revokeRefreshFamily(tx, row.family);
      return fail('auth.refresh_reused', {});
  }
}
