import type { Actor } from '@clawtank/contracts';

import { findUser, userView } from '@clawtank/auth';
import type { LogTx } from '@clawtank/events';
import { enforce, invariant } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import { mayAdmit } from '../domain/member-policies.js';
import type { Room } from '../domain/room.js';
import { countMembers, findRole, insertMember, setRole } from '../persistence/members.js';

/**
 * Gives a person a role in a room, locked by this transaction; one who has it, or a higher one, keeps it.
 * @returns true when something changed
 * @throws member.unknown_user; room.full
 */
export async function admitMember(
  tx: LogTx,
  room: Room,
  userId: string,
  role: 'member' | 'spectator',
  actor: Actor,
): Promise<boolean> {
  const user = await findUser(tx, userId);
  if (!user || user.suspended_at) throw fail('member.unknown_user', {});
  const present = await findRole(tx, room.id, userId);
  if (present === role || present === 'host' || present === 'member') return false;
  enforce(mayAdmit(room, role, present, await countMembers(tx, room.id)));
  if (present === undefined) {
    await insertMember(tx, room.id, userId, role);
    tx.appendToRoom(room.id, { type: 'room.member_joined', actor, data: { user: userView(user), role } });
    return true;
  }
  await setRole(tx, room.id, userId, role);
  tx.appendToRoom(room.id, { type: 'room.member_role_changed', actor, data: { user_id: userId, role } });
  return true;
}

/** Hands a room, locked by this transaction, over to one of its members. */
export async function makeHost(tx: LogTx, room: Room, userId: string, actor: Actor): Promise<void> {
  if (room.hostId === userId) return;
  const role = await findRole(tx, room.id, userId);
  if (role !== 'member') throw fail('member.not_found', {});
  const user = await findUser(tx, userId);
  invariant(user, `member ${userId} is no user`);
  await setRole(tx, room.id, room.hostId, 'member');
  await setRole(tx, room.id, userId, 'host');
  const demoted = { user_id: room.hostId, role: 'member' as const };
  const promoted = { user_id: userId, role: 'host' as const };
  tx.appendToRoom(room.id, { type: 'room.member_role_changed', actor, data: demoted });
  tx.appendToRoom(room.id, { type: 'room.member_role_changed', actor, data: promoted });
  tx.appendToRoom(room.id, { type: 'room.settings_changed', actor, data: { host: userView(user) } });
}
