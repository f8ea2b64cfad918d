import type { QueryReplyOf } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { fail } from '../../domain/failures.js';
import { findInvite } from '../../persistence/invites.js';
import { InviteCodeQuery } from '../inputs/member-inputs.js';

/** What an invite leads to. Looking at it uses nothing up. */
@QueryHandler('invites.get', InviteCodeQuery, { public: true })
export class GetInvite implements Query<'invites.get'> {
  async run({ tx, caller }: QueryContext, input: InviteCodeQuery): Promise<QueryReplyOf<'invites.get'>> {
    const invite = await findInvite(tx, input.code, caller?.userId ?? null);
    if (!invite?.live) throw fail('invite.not_found', {});
    return { room_name: invite.roomName, role: invite.role, expires_at: invite.expiresAt.toISOString() };
  }
}
