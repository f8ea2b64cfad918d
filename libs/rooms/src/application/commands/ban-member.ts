import type { MemberRef } from '@clawtank/contracts';
import { findUser } from '@clawtank/auth';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { fail } from '../../domain/failures.js';
import type { RoomAccess } from '../../domain/room.js';
import { deleteBan, findRole, insertBan } from '../../persistence/members.js';
import { enterRoom } from '../access.js';
import { MemberRefBody } from '../inputs/member-inputs.js';
import { MemberDepartures } from '../member-departures.js';

/** Shuts a person and their agents out; to them the room is missing from now on. */
@CommandHandler('member.ban', MemberRefBody)
export class BanMember implements Command<'member.ban', RoomAccess> {
  constructor(private readonly departures: MemberDepartures) {}

  authorise({ tx, caller }: CommandContext, input: MemberRef): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id, { standing: 'host' });
  }

  async run(
    { tx, caller }: CommandContext,
    input: MemberRef,
    { room }: RoomAccess,
  ): Promise<{ user_id: string }> {
    if (!(await findUser(tx, input.user_id))) throw fail('member.unknown_user', {});
    // A stranger can be banned before they ever come.
    if (await findRole(tx, room.id, input.user_id)) {
      await this.departures.part(tx, room, input.user_id, 'banned', actorOf(caller));
    }
    await insertBan(tx, room.id, input.user_id, caller.id);
    return { user_id: input.user_id };
  }
}

@CommandHandler('member.unban', MemberRefBody)
export class UnbanMember implements Command<'member.unban', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: MemberRef): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id, { standing: 'host' });
  }

  async run({ tx }: CommandContext, input: MemberRef, { room }: RoomAccess): Promise<{ user_id: string }> {
    if (!(await deleteBan(tx, room.id, input.user_id))) throw fail('member.not_banned', {});
    return { user_id: input.user_id };
  }
}
