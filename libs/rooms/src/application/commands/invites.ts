import { randomBytes } from 'node:crypto';
import type { InviteAcceptInput, InviteCreateInput, InviteRevokeInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { invariant, newId } from '@clawtank/kernel';
import { fail } from '../../domain/failures.js';
import type { Room, RoomAccess } from '../../domain/room.js';
import { findInvite, insertInvite, type Invite, revokeInvite, useInvite } from '../../persistence/invites.js';
import { findRole } from '../../persistence/members.js';
import { enterRoom, lockRoomById } from '../access.js';
import { admitMember } from '../admit-member.js';
import { InviteAcceptBody, InviteCreateBody, InviteRevokeBody } from '../inputs/member-inputs.js';
import { requirePerson } from '../require-person.js';

const CODE_BYTES = 18;
const WEEK_SECONDS = 604_800;

/** Makes an invite; its code is shown this once and only its hash is kept. */
@CommandHandler('invite.create', InviteCreateBody, { secretReply: true })
export class CreateInvite implements Command<'invite.create', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: InviteCreateInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id, { standing: 'host' });
  }

  async run(
    { tx, caller }: CommandContext,
    input: InviteCreateInput,
    { room }: RoomAccess,
  ): Promise<{ id: string; code: string; url: string; expires_at: string }> {
    const id = newId();
    const code = randomBytes(CODE_BYTES).toString('base64url');
    const expiresAt = await insertInvite(tx, {
      id,
      roomId: room.id,
      code,
      role: input.role,
      createdBy: caller.id,
      seconds: input.expires_in ?? WEEK_SECONDS,
      maxUses: input.max_uses ?? null,
    });
    // Behind the #, so that no server's log and no Referer ever holds the code.
    return { id, code, url: `/invite#${code}`, expires_at: expiresAt.toISOString() };
  }
}

/** Takes an invite; whoever has the role already keeps it and uses nothing up. */
@CommandHandler('invite.accept', InviteAcceptBody)
export class AcceptInvite implements Command<'invite.accept', { invite: Invite; room: Room }> {
  async authorise(
    { tx, caller }: CommandContext,
    input: InviteAcceptInput,
  ): Promise<{ invite: Invite; room: Room }> {
    requirePerson(caller);
    const found = await findInvite(tx, input.code, caller.id);
    const room = found && (await lockRoomById(tx, found.roomId));
    // Again under the lock: the ban or the last use may have come meanwhile.
    const invite = room && (await findInvite(tx, input.code, caller.id));
    if (!room || !invite) throw fail('invite.not_found', {});
    return { invite, room };
  }

  async run(
    { tx, caller }: CommandContext,
    _input: InviteAcceptInput,
    { invite, room }: { invite: Invite; room: Room },
  ): Promise<{ room_id: string; slug: string; role: 'member' | 'spectator' }> {
    if (!invite.live) throw fail('invite.not_found', {});
    const changed = await admitMember(tx, room, caller.id, invite.role, actorOf(caller));
    if (changed && !(await useInvite(tx, invite.id))) throw fail('invite.not_found', {});
    const role = await findRole(tx, room.id, caller.id);
    invariant(role, 'who accepted has a role');
    return { room_id: room.id, slug: room.slug, role: role === 'spectator' ? 'spectator' : 'member' };
  }
}

@CommandHandler('invite.revoke', InviteRevokeBody)
export class RevokeInvite implements Command<'invite.revoke', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: InviteRevokeInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id, { standing: 'host' });
  }

  async run({ tx }: CommandContext, input: InviteRevokeInput, { room }: RoomAccess): Promise<{ id: string }> {
    if (!(await revokeInvite(tx, room.id, input.invite_id))) throw fail('invite.not_found', {});
    return { id: input.invite_id };
  }
}
