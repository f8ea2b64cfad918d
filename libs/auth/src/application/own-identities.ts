import type { IdentityRef, IdentityView, Page } from '@clawtank/contracts';
import {
  type Caller,
  type Command,
  type CommandContext,
  CommandHandler,
  type Query,
  type QueryContext,
  QueryHandler,
} from '@clawtank/commands';
import { fail } from '../domain/failures.js';
import { deleteIdentity, type IdentityRow, listIdentities } from '../persistence/identities.js';
import { lockUser, type UserRow } from '../persistence/users.js';
import { AccountAudit } from './account-audit.js';
import { IdentityRefBody, NoInput } from './inputs.js';
import { SignInProviders } from './sign-in-providers.js';
import { tellOwner } from './tell-owner.js';

const requirePerson = (caller: Caller | null): Caller => {
  if (caller?.kind !== 'human') throw fail('auth.people_only', {});
  return caller;
};

@QueryHandler('identities.list', NoInput)
export class ListIdentities implements Query<'identities.list'> {
  constructor(private readonly providers: SignInProviders) {}

  async run({ tx, caller }: QueryContext): Promise<Page<IdentityView>> {
    const rows = await listIdentities(tx, requirePerson(caller).id);
    const names = new Map(this.providers.all.map(({ id, name }) => [id, name]));
    const items = rows.map(({ id, provider, account, linked_at, last_used_at }) => ({
      id,
      provider,
      provider_name: names.get(provider) ?? provider,
      account,
      linked_at: linked_at.toISOString(),
      last_used_at: last_used_at?.toISOString() ?? null,
    }));
    return { items, next_cursor: null };
  }
}

/** Under the lock of the person's row: two at once can't take each other's last way in away. */
@CommandHandler('identity.unlink', IdentityRefBody)
export class UnlinkIdentity implements Command<'identity.unlink', UserRow> {
  constructor(
    private readonly providers: SignInProviders,
    private readonly audit: AccountAudit,
  ) {}

  async authorise({ tx, caller }: CommandContext): Promise<UserRow> {
    const user = await lockUser(tx, requirePerson(caller).id);
    if (!user) throw fail('auth.people_only', {});
    return user;
  }

  async run(
    { tx, caller, requestId }: CommandContext,
    { identity_id }: IdentityRef,
    user: UserRow,
  ): Promise<{ identity_id: string }> {
    const rows = await listIdentities(tx, user.id);
    const row = rows.find(({ id }) => id === identity_id);
    if (!row) throw fail('auth.identity_not_found', {});
    if (!this.isEnteredOtherwise(user, rows, row)) throw fail('auth.last_way_in', {});
    await deleteIdentity(tx, row.id);
    const { provider, account } = row;
    await this.audit.record(tx, {
      userId: user.id,
      name: user.display_name,
      address: caller.address,
      requestId,
      action: 'identity.unlinked',
      details: { provider, account },
    });
    tellOwner(tx, user.id, 'account.identity_unlinked', `${account} no longer opens your account.`);
    return { identity_id };
  }

  /** A provider that this server is no longer set up for opens nothing. */
  private isEnteredOtherwise(user: UserRow, rows: readonly IdentityRow[], leaving: IdentityRow): boolean {
    const works = new Set(this.providers.all.map(({ id }) => id));
    return user.password_hash !== null || rows.some((row) => row !== leaving && works.has(row.provider));
  }
}
