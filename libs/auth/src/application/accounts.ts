import { Injectable } from '@nestjs/common';
import type { AccessReply } from '@clawtank/contracts';
import { Database, type Tx } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import { hashToken, isAgentToken } from '../domain/agent-token.js';
import { fail } from '../domain/failures.js';
import { findAgent, useAgentToken } from '../persistence/agents.js';
import { findUserByLogin, insertUser, takeHandle, type UserRow } from '../persistence/users.js';
import { AccessTokens } from './access-tokens.js';
import type { LoginBody, RegisterBody } from './inputs.js';
import { checkPassword, hashPassword } from './passwords.js';
import { type OpenedSession, Sessions } from './sessions.js';
import { SetupCode } from './setup-code.js';

const FIRST_ACCOUNT_LOCK = 7_315_003;

/** Local accounts: register, sign in, exchange agent tokens. */
@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
    private readonly setupCode: SetupCode,
  ) {}

  /**
   * Makes an account and opens its first session. The server's first account is its administrator.
   * @param local true when the request came from this machine
   * @throws auth.name_taken, auth.email_taken, auth.setup_code
   */
  async register(input: RegisterBody, local: boolean): Promise<OpenedSession> {
    const passwordHash = await hashPassword(input.password);
    return this.database.transaction(async (tx) => {
      const first = await isFirstAccount(tx);
      if (first && !local) await this.setupCode.check(tx, input.setup_code);
      return this.sessions.open(tx, await createUser(tx, input, passwordHash, first));
    });
  }

  /** @throws auth.bad_credentials, auth.suspended */
  async login(input: LoginBody): Promise<OpenedSession> {
    const user = await findUserByLogin(this.database, input.login.trim());
    if (!(await checkPassword(user?.password_hash, input.password)) || !user) {
      throw fail('auth.bad_credentials', {});
    }
    if (user.suspended_at) throw fail('auth.suspended', {});
    return this.database.transaction((tx) => this.sessions.open(tx, user));
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

/** Under a lock, so that two first accounts at once don't both become administrator. */
async function isFirstAccount(tx: Tx): Promise<boolean> {
  const some = await tx.query('SELECT 1 FROM users LIMIT 1');
  if (some.length > 0) return false;
  await tx.query('SELECT pg_advisory_xact_lock($1)', [FIRST_ACCOUNT_LOCK]);
  return (await tx.query('SELECT 1 FROM users LIMIT 1')).length === 0;
}

async function createUser(
  tx: Tx,
  input: RegisterBody,
  passwordHash: string,
  admin: boolean,
): Promise<UserRow> {
  const id = newId();
  if (!(await takeHandle(tx, input.username, 'human', id)))
    throw fail('auth.name_taken', { name: input.username });
  const taken = await tx.query('SELECT 1 FROM users WHERE email = $1', [input.email]);
  if (taken.length > 0) throw fail('auth.email_taken', {});
  return insertUser(tx, {
    id,
    username: input.username,
    email: input.email,
    password_hash: passwordHash,
    display_name: input.display_name ?? input.username,
    is_admin: admin,
  });
}
