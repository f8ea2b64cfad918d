import { Injectable } from '@nestjs/common';
import type { Tx } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import { insertUser, isEmailTaken, takeHandle, type UserRow } from '../persistence/users.js';
import { SetupCode } from './setup-code.js';
import { SignUpPolicy } from './sign-up-policy.js';

const FIRST_ACCOUNT_LOCK = 7_315_003;

export interface NewAccount {
  /** Tried in this order. */
  readonly usernames: Iterable<string>;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly displayName: string;
}

/** Who asks for an account. */
export interface Newcomer {
  /** The request came from this machine. */
  readonly local: boolean;
  readonly setupCode?: string | undefined;
}

/** The one place where accounts begin, whichever way somebody came. */
@Injectable()
export class NewAccounts {
  constructor(
    private readonly setupCode: SetupCode,
    private readonly signUp: SignUpPolicy,
  ) {}

  /**
   * Makes an account inside the caller's transaction. The server's first one is its administrator.
   * @throws auth.name_taken, auth.email_taken, auth.setup_code, auth.sign_up_closed
   */
  async make(tx: Tx, account: NewAccount, { local, setupCode }: Newcomer): Promise<UserRow> {
    const first = await isFirstAccount(tx);
    if (!first && !this.signUp.open) throw fail('auth.sign_up_closed', {});
    if (first && !local) await this.setupCode.check(tx, setupCode);
    const id = newId();
    const username = await takeFirstFree(tx, account.usernames, id);
    if (account.email !== null && (await isEmailTaken(tx, account.email))) throw fail('auth.email_taken', {});
    return insertUser(tx, {
      id,
      username,
      email: account.email,
      password_hash: account.passwordHash,
      display_name: account.displayName,
      is_admin: first,
    });
  }
}

async function takeFirstFree(tx: Tx, names: Iterable<string>, id: string): Promise<string> {
  let wanted = '';
  for (const name of names) {
    wanted ||= name;
    if (await takeHandle(tx, name, 'human', id)) return name;
  }
  throw fail('auth.name_taken', { name: wanted });
}

/** Under a lock, so that two first accounts at once don't both become administrator. */
async function isFirstAccount(tx: Tx): Promise<boolean> {
  const some = await tx.query('SELECT 1 FROM users LIMIT 1');
  if (some.length > 0) return false;
  await tx.query('SELECT pg_advisory_xact_lock($1)', [FIRST_ACCOUNT_LOCK]);
  return (await tx.query('SELECT 1 FROM users LIMIT 1')).length === 0;
}
