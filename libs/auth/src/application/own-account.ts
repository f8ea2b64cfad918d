import type { ChangePasswordInput, MeUpdateInput, OwnUserView } from '@clawtank/contracts';
import { type Caller, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import { fail } from '../domain/failures.js';
import { revokeRefreshTokensOf } from '../persistence/refresh-tokens.js';
import { findUser, ownUserView, setDisplayName, setPassword, type UserRow } from '../persistence/users.js';
import { ChangePasswordBody, MeUpdateBody } from './inputs.js';
import { checkPassword, hashPassword } from './passwords.js';

async function requireUser(tx: Tx, caller: Caller): Promise<UserRow> {
  const user = caller.kind === 'human' ? await findUser(tx, caller.id) : undefined;
  if (!user) throw fail('auth.people_only', {});
  return user;
}

@CommandHandler('me.update', MeUpdateBody)
export class UpdateMe implements Command<'me.update', UserRow> {
  authorise({ tx, caller }: CommandContext): Promise<UserRow> {
    return requireUser(tx, caller);
  }

  async run(
    { tx }: CommandContext,
    { display_name }: MeUpdateInput,
    user: UserRow,
  ): Promise<{ user: OwnUserView }> {
    await setDisplayName(tx, user.id, display_name);
    return { user: ownUserView({ ...user, display_name }) };
  }
}

/** Ends every session of the account, this one too: whoever had the old password has nothing of it. */
@CommandHandler('me.change_password', ChangePasswordBody)
export class ChangePassword implements Command<'me.change_password', UserRow> {
  authorise({ tx, caller }: CommandContext): Promise<UserRow> {
    return requireUser(tx, caller);
  }

  async run({ tx }: CommandContext, input: ChangePasswordInput, user: UserRow): Promise<{ user_id: string }> {
    const { password_hash: stored } = user;
    // Who has none yet sets the first one: that they are signed in is all the proof there can be.
    if (stored !== null && !(await checkPassword(stored, input.current_password ?? '')))
      throw fail('auth.wrong_password', {});
    await setPassword(tx, user.id, await hashPassword(input.new_password));
    await revokeRefreshTokensOf(tx, user.id);
    return { user_id: user.id };
  }
}
