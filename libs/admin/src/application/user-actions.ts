import { AccountModeration } from '@clawtank/auth';
import { type CommandContext, CommandHandler } from '@clawtank/commands';
import type { AdminUserInput } from '@clawtank/contracts';
import { RoomModeration } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import { AdminAction, type Done } from './admin-action.js';
import { AdminUserBody } from './inputs.js';

/** Keeps a person out, with all their agents; what they did stays. */
@CommandHandler('admin.suspend_user', AdminUserBody)
export class SuspendUser extends AdminAction<'admin.suspend_user'> {
  readonly action = 'admin.suspend_user';

  constructor(
    private readonly accounts: AccountModeration,
    private readonly rooms: RoomModeration,
  ) {
    super();
  }

  protected async act(
    { tx, caller }: CommandContext,
    { user_id, reason }: AdminUserInput,
  ): Promise<Done<'admin.suspend_user'>> {
    if (user_id === caller.id) throw fail('admin.not_yourself', {});
    const { username } = await this.accounts.suspend(tx, user_id);
    this.rooms.endSessions(tx, user_id);
    return { reply: { user_id }, target: { kind: 'user', id: user_id }, details: { username, reason } };
  }
}

@CommandHandler('admin.unsuspend_user', AdminUserBody)
export class UnsuspendUser extends AdminAction<'admin.unsuspend_user'> {
  readonly action = 'admin.unsuspend_user';

  constructor(private readonly accounts: AccountModeration) {
    super();
  }

  protected async act(
    { tx }: CommandContext,
    { user_id, reason }: AdminUserInput,
  ): Promise<Done<'admin.unsuspend_user'>> {
    const { username } = await this.accounts.unsuspend(tx, user_id);
    return { reply: { user_id }, target: { kind: 'user', id: user_id }, details: { username, reason } };
  }
}

/** For a server without mail: the administrator hands the link over themselves. */
@CommandHandler('admin.reset_password', AdminUserBody, { secretReply: true })
export class ResetPassword extends AdminAction<'admin.reset_password'> {
  readonly action = 'admin.reset_password';

  constructor(private readonly accounts: AccountModeration) {
    super();
  }

  protected async act(
    { tx }: CommandContext,
    { user_id, reason }: AdminUserInput,
  ): Promise<Done<'admin.reset_password'>> {
    const { user, code, until } = await this.accounts.startPasswordReset(tx, user_id);
    return {
      reply: { code, url: `/reset-password#${code}`, expires_at: until.toISOString() },
      target: { kind: 'user', id: user_id },
      details: { username: user.username, reason },
    };
  }
}
