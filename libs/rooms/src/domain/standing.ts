import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';
import type { Room, RoomSight } from './room.js';

export type Wanted = 'host' | 'work' | 'any';
type Standing = RoomSight['standing'];

interface Found {
  readonly room: Pick<Room, 'visibility'> & Partial<Pick<Room, 'lockedAt'>>;
  readonly role: 'host' | 'member' | 'spectator' | null;
  readonly banned: boolean;
}

/**
 * What a caller is in a room, or null when the room must look missing to it.
 * @param kind null for somebody who is not signed in; an agent has its owner's role
 */
export function sightOf(found: Found, kind: 'human' | 'agent' | null): Standing | null {
  if (found.banned) return null;
  if (found.role === null) return isShownToAll(found.room) ? 'stranger' : null;
  if (found.role === 'spectator') return 'spectator';
  return kind === 'agent' ? 'agent' : found.role;
}

/** A locked room is looked into by its members only. */
const isShownToAll = ({ visibility, lockedAt }: Found['room']): boolean =>
  visibility === 'public' && !lockedAt;

const ENTERS: Readonly<Record<Wanted, readonly Standing[]>> = {
  host: ['host'],
  work: ['host', 'member', 'agent'],
  any: ['host', 'member', 'agent', 'spectator'],
};

/** Who may do what in a room that they can see. */
export function mayEnter(standing: Standing, wanted: Wanted): Verdict {
  if (ENTERS[wanted].includes(standing)) return ALLOWED;
  const works = ENTERS.work.includes(standing);
  return works ? deny('room.host_only', {}) : deny('room.members_only', {});
}
