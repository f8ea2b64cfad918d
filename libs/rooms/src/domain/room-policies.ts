import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';
import type { Room } from './room.js';

/** Whether a room takes claims, pushes and merges at the moment. */
export function mayTakeWork(
  room: Pick<Room, 'state' | 'hold' | 'completing'> & Partial<Pick<Room, 'lockedAt'>>,
): Verdict {
  if (room.lockedAt) return deny('room.locked', {});
  switch (room.state) {
    case 'creating':
    case 'initializing':
      return deny('room.not_ready', {});
    case 'completed':
    case 'archived':
      return deny('room.closed', { state: room.state });
    default:
      break;
  }
  if (room.hold) return deny('room.on_hold', {});
  return room.completing ? deny('room.completing', {}) : ALLOWED;
}
