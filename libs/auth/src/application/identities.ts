import { Injectable } from '@nestjs/common';
import { LIMITS } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { fail } from '../domain/failures.js';
import { displayNameOf, type Profile, usernamesFor } from '../domain/profile.js';
import { insertIdentity, lockIdentity, useIdentity } from '../persistence/identities.js';
import { findUser, isEmailTaken, lockUser, type UserRow } from '../persistence/users.js';
import { AccountAudit } from './account-audit.js';
import { tellOwner } from './tell-owner.js';
import { NewAccounts } from './new-accounts.js';
import { type OpenedSession, Sessions } from './sessions.js';

/** Who stands at the door, as the transport knows it. */
export interface Entrant {
  readonly local: boolean;
  readonly address: string;
  readonly userAgent: string;
  readonly requestId: string;
}

/** Which accounts elsewhere open which ones here. Only proof links the two, never a name or an e-mail address. */
@Injectable()
export class Identities {
  constructor(
    private readonly newAccounts: NewAccounts,
    private readonly sessions: Sessions,
    private readonly audit: AccountAudit,
  ) {}

  /**
   * Opens a session of the person whom this account elsewhere belongs to; makes their account where it belongs to
   * nobody yet.
   * @throws auth.identity_email_taken, auth.suspended, auth.sign_up_closed, auth.setup_code, auth.name_taken
   */
  async enter(tx: LogTx, provider: string, profile: Profile, entrant: Entrant): Promise<OpenedSession> {
    const known = await lockIdentity(tx, profile);
    const user = known
      ? await findUser(tx, known.user_id)
      : await this.welcome(tx, provider, profile, entrant);
    if (!user || user.suspended_at) throw fail('auth.suspended', {});
    if (known) await useIdentity(tx, known.id, profile.account);
    return this.sessions.open(tx, user, entrant);
  }

  /**
   * Lets an account elsewhere open that person's, who began this while they were signed in.
   * @param owner `since`: when they began, in seconds; sessions that were ended after it prove nothing
   * @throws auth.identity_of_another, auth.attempt_gone, auth.suspended
   */
  async link(
    tx: LogTx,
    provider: string,
    profile: Profile,
    owner: { readonly userId: string; readonly since: number },
    entrant: Entrant,
  ): Promise<null> {
    const user = await lockUser(tx, owner.userId);
    if (!user || hasEnded(user, owner.since)) throw fail('auth.attempt_gone', {});
    if (user.suspended_at) throw fail('auth.suspended', {});
    const known = await lockIdentity(tx, profile);
    if (known && known.user_id !== user.id) throw fail('auth.identity_of_another', { name: provider });
    if (known) return null;
    await this.keep(tx, user, profile, entrant, false);
    const text = `The ${provider} account ${profile.account} opens your account from now on.`;
    tellOwner(tx, user.id, 'account.identity_linked', text);
    return null;
  }

  private async welcome(tx: LogTx, provider: string, profile: Profile, entrant: Entrant): Promise<UserRow> {
    // Whoever holds the address elsewhere need not be who holds it here.
    if (profile.email !== null && (await isEmailTaken(tx, profile.email)))
      throw fail('auth.identity_email_taken', { name: provider });
    const usernames = usernamesFor(profile);
    const account = {
      usernames,
      email: profile.email,
      passwordHash: null,
      displayName: displayNameOf(profile.name, profile.account, LIMITS.NAME_CHARS),
    };
    const user = await this.newAccounts.make(tx, account, entrant);
    await this.keep(tx, user, profile, entrant, true);
    return user;
  }

  private async keep(
    tx: LogTx,
    { id, display_name: name }: UserRow,
    profile: Profile,
    { address, requestId }: Entrant,
    newAccount: boolean,
  ): Promise<void> {
    await insertIdentity(tx, id, profile, newAccount);
    const details = { provider: profile.provider, account: profile.account, new_account: newAccount };
    await this.audit.record(tx, { userId: id, name, address, requestId, action: 'identity.linked', details });
  }
}

const hasEnded = ({ sessions_since: ended }: UserRow, begun: number): boolean =>
  ended !== null && begun < Math.floor(ended.getTime() / 1_000);
