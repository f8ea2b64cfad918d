import { LIMITS } from '@clawtank/contracts';
import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';
import type { Room } from './room.js';

type Role = 'host' | 'member' | 'spectator';

/**
 * Whether a person may be given a role.
 * @param present what they are now
 * @param counts who is there now, that person too
 */
export function mayAdmit(
  room: Pick<Room, 'settings'>,
  wanted: Role,
  present: Role | undefined,
  counts: { readonly members: number; readonly spectators: number },
): Verdict {
  if (wanted === 'spectator') {
    const limit = LIMITS.SPECTATORS_PER_ROOM;
    if (present || counts.spectators < limit) return ALLOWED;
    return deny('room.full', { what: 'spectators', limit });
  }
  if (present === 'host' || present === 'member') return ALLOWED;
  const limit = room.settings.max_members;
  return counts.members < limit ? ALLOWED : deny('room.full', { what: 'members', limit });
}

/** Whether somebody may stop being in the room, by their own will or another's. The host is never missing. */
export function mayPart(role: Role | undefined): Verdict {
  if (role === undefined) return deny('member.not_found', {});
  return role === 'host' ? deny('room.host_stays', {}) : ALLOWED;
}
