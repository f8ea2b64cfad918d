import type { MemberRef, MemberRoleInput, MemberView } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { LogTx } from '@clawtank/events';
import { invariant } from '@clawtank/kernel';
import { fail } from '../../domain/failures.js';
import type { RoomAccess } from '../../domain/room.js';
import { findRole, isBanned } from '../../persistence/members.js';
import { listMembers } from '../../persistence/room-lists.js';
import { enterRoom } from '../access.js';
import { admitMember, makeHost } from '../admit-member.js';
import { MemberRefBody, MemberRoleBody } from '../inputs/member-inputs.js';
import { MemberDepartures } from '../member-departures.js';

const enterAsHost = ({ tx, caller }: CommandContext, input: MemberRef): Promise<RoomAccess> =>
  enterRoom(tx, caller, input.room_id, { standing: 'host' });

async function memberView(tx: LogTx, roomId: string, userId: string): Promise<MemberView> {
  const member = (await listMembers(tx, roomId)).find(({ user }) => user.id === userId);
  invariant(member, 'a member just made is listed');
  return member;
}

/** Makes somebody a member without an invite; with the role `host` the room is handed over at once. */
@CommandHandler('member.add', MemberRoleBody)
export class AddMember implements Command<'member.add', RoomAccess> {
  authorise = enterAsHost;

  async run(
    { tx, caller }: CommandContext,
    input: MemberRoleInput,
    { room }: RoomAccess,
  ): Promise<{ member: MemberView }> {
    if (await isBanned(tx, room.id, input.user_id)) throw fail('member.banned', {});
    await admitMember(tx, room, input.user_id, 'member', actorOf(caller));
    if (input.role === 'host') await makeHost(tx, room, input.user_id, actorOf(caller));
    return { member: await memberView(tx, room.id, input.user_id) };
  }
}

/** Makes a spectator a member, or a member the host. */
@CommandHandler('member.set_role', MemberRoleBody)
export class SetMemberRole implements Command<'member.set_role', RoomAccess> {
  authorise = enterAsHost;

  async run(
    { tx, caller }: CommandContext,
    input: MemberRoleInput,
    { room }: RoomAccess,
  ): Promise<{ member: MemberView }> {
    const present = await findRole(tx, room.id, input.user_id);
    if (!present) throw fail('member.not_found', {});
    // The one host can only be replaced, never merely demoted.
    if (present === 'host' && input.role === 'member') throw fail('room.host_stays', {});
    await admitMember(tx, room, input.user_id, 'member', actorOf(caller));
    if (input.role === 'host') await makeHost(tx, room, input.user_id, actorOf(caller));
    return { member: await memberView(tx, room.id, input.user_id) };
  }
}

@CommandHandler('member.remove', MemberRefBody)
export class RemoveMember implements Command<'member.remove', RoomAccess> {
  constructor(private readonly departures: MemberDepartures) {}

  authorise = enterAsHost;

  async run(
    { tx, caller }: CommandContext,
    input: MemberRef,
    { room }: RoomAccess,
  ): Promise<{ user_id: string }> {
    await this.departures.part(tx, room, input.user_id, 'removed', actorOf(caller));
    return { user_id: input.user_id };
  }
}
