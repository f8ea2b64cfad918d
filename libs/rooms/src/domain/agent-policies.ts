import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';
import type { Room, RoomStanding } from './room.js';

interface Person {
  readonly kind: 'human' | 'agent';
  readonly id: string;
  readonly userId: string;
}

/**
 * Whether an agent may register in a room.
 * @param claimedOwner the owner it names, if it names one
 * @param present agents registered there now, without itself
 */
export function mayRegister(
  caller: Person,
  room: Pick<Room, 'state' | 'settings'>,
  claimedOwner: string | undefined,
  present: number,
): Verdict {
  if (caller.kind !== 'agent') return deny('agent.not_an_agent', {});
  if (claimedOwner !== undefined && claimedOwner !== caller.userId) return deny('agent.wrong_owner', {});
  if (room.state === 'archived') return deny('room.closed', { state: room.state });
  const limit = room.settings.max_agents;
  return present < limit ? ALLOWED : deny('room.full', { what: 'agents', limit });
}

/** Who steers an agent in a room: its owner and the host. */
export function mayControl(caller: Person, standing: RoomStanding, ownerId: string): Verdict {
  if (caller.kind === 'human' && (standing === 'host' || caller.id === ownerId)) return ALLOWED;
  return deny('agent.not_yours', {});
}

/** Who ends an agent's presence: whoever steers it, and the agent itself. */
export function mayEndPresence(
  caller: Person,
  standing: RoomStanding,
  agent: { readonly id: string; readonly ownerId: string },
): Verdict {
  if (caller.kind === 'agent' && caller.id === agent.id) return ALLOWED;
  return mayControl(caller, standing, agent.ownerId);
}
