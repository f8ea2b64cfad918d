import { Injectable } from '@nestjs/common';
import type { AccessReply } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import { hashToken, isAgentToken } from '../domain/agent-token.js';
import { fail } from '../domain/failures.js';
import { findAgent, useAgentToken } from '../persistence/agents.js';
import { usePasswordReset } from '../persistence/password-resets.js';
import { revokeRefreshTokensOf, type SessionPlace } from '../persistence/refresh-tokens.js';
import { findUser, findUserByLogin, setPassword } from '../persistence/users.js';
import { AccessTokens } from './access-tokens.js';
import type { LoginBody, PasswordResetBody, RegisterBody } from './inputs.js';
import { NewAccounts } from './new-accounts.js';
import { checkPassword, hashPassword } from './passwords.js';
import { type OpenedSession, Sessions } from './sessions.js';

/** Local accounts: register, sign in, exchange agent tokens. */
@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
    private readonly newAccounts: NewAccounts,
  ) {}

  /**
   * Makes an account and opens its first session. The server's first account is its administrator.
   * @param local true when the request came from this machine
   * @throws auth.name_taken, auth.email_taken, auth.setup_code, auth.sign_up_closed
   */
  async register(input: RegisterBody, local: boolean, place?: SessionPlace): Promise<OpenedSession> {
    const passwordHash = await hashPassword(input.password);
    const account = {
      usernames: [input.username],
      email: input.email,
      passwordHash,
      displayName: input.display_name ?? input.username,
    };
    const newcomer = { local, setupCode: input.setup_code };
    return this.database.transaction(async (tx) =>
      this.sessions.open(tx, await this.newAccounts.make(tx, account, newcomer), place),
    );
  }

  /** @throws auth.bad_credentials, auth.suspended */
  async login(input: LoginBody, place?: SessionPlace): Promise<OpenedSession> {
    const user = await findUserByLogin(this.database, input.login.trim());
    if (!(await checkPassword(user?.password_hash ?? undefined, input.password)) || !user) {
      throw fail('auth.bad_credentials', {});
    }
    if (user.suspended_at) throw fail('auth.suspended', {});
    return this.database.transaction((tx) => this.sessions.open(tx, user, place));
  }

  /**
   * Sets a new password with an administrator's code, ends every session there was and opens one.
   * @throws auth.bad_reset_code, auth.suspended
   */
  async resetPassword(input: PasswordResetBody, place?: SessionPlace): Promise<OpenedSession> {
    const passwordHash = await hashPassword(input.password);
    return this.database.transaction(async (tx) => {
      const userId = await usePasswordReset(tx, input.code);
      const user = userId === undefined ? undefined : await findUser(tx, userId);
      if (!user) throw fail('auth.bad_reset_code', {});
      if (user.suspended_at) throw fail('auth.suspended', {});
      await setPassword(tx, user.id, passwordHash);
      await revokeRefreshTokensOf(tx, user.id);
      return this.sessions.open(tx, user, place);
    });
  }

  /** Exchanges a long-lived agent token for an access token. @throws auth.bad_token */
  async exchangeAgentToken(token: string): Promise<AccessReply> {
    if (!isAgentToken(token)) throw fail('auth.bad_token', {});
    const used = await this.database.transaction((tx) => useAgentToken(tx, hashToken(token)));
    const agent = used && (await findAgent(this.database, used.agent_id));
    if (!agent) throw fail('auth.bad_token', {});
    return this.tokens.sign({ sub: agent.id, kind: 'agent', token_id: used.id });
  }
}
