import { Injectable } from '@nestjs/common';
import type { Tx } from '@clawtank/database';
import { newRefreshToken } from '../domain/refresh.js';
import { fail } from '../domain/failures.js';
import { insertPasswordReset } from '../persistence/password-resets.js';
import { revokeRefreshTokensOf } from '../persistence/refresh-tokens.js';
import { findUser, setSuspended, type UserRow } from '../persistence/users.js';

const RESET_SECONDS = 24 * 3_600;

/** What an administrator may do to an account, inside the caller's transaction. */
@Injectable()
export class AccountModeration {
  /** Ends the person's sessions and their agents'. @throws user.not_found */
  async suspend(tx: Tx, userId: string): Promise<UserRow> {
    const user = await this.find(tx, userId);
    await setSuspended(tx, userId, true);
    await revokeRefreshTokensOf(tx, userId);
    return user;
  }

  /** @throws user.not_found */
  async unsuspend(tx: Tx, userId: string): Promise<UserRow> {
    const user = await this.find(tx, userId);
    await setSuspended(tx, userId, false);
    return user;
  }

  /** Makes the code that `Accounts.resetPassword` takes, once, within a day. @throws user.not_found */
  async startPasswordReset(tx: Tx, userId: string): Promise<{ user: UserRow; code: string; until: Date }> {
    const user = await this.find(tx, userId);
    const code = newRefreshToken();
    return { user, code, until: await insertPasswordReset(tx, userId, code, RESET_SECONDS) };
  }

  private async find(tx: Tx, userId: string): Promise<UserRow> {
    const user = await findUser(tx, userId);
    if (!user) throw fail('user.not_found', {});
    return user;
  }
}
