import { GLOBAL_STREAM, userStream } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import type { StoredEvent } from '@clawtank/events';
import { requireMember, viewRoom } from '@clawtank/rooms';
import { fail } from '../connection/failures.js';
import { mayReadOn, type Viewer } from './access-policy.js';

/** Asked with every stretch of a stream before it is shown. @param checkedAt head when access was checked */
export type Continues = (checkedAt: number) => (events: readonly StoredEvent[]) => boolean;

const ALWAYS: Continues = () => () => true;
const ROOM = 'room:';

/** What a caller is in a room whose access was just checked. */
export const viewerOf = (caller: Caller | null, standing: Viewer['standing']): Viewer => ({
  userId: caller?.userId ?? null,
  agentId: caller?.kind === 'agent' ? caller.id : null,
  standing,
});

/** Reads on for as long as the room lets this viewer. */
export const whileAllowed =
  (viewer: Viewer): Continues =>
  (checkedAt) =>
  (events) =>
    mayReadOn(viewer, events, checkedAt);

/**
 * Checks that a caller may read a stream in its members' form: the own one, the global one, or that of a room
 * it belongs to.
 * @returns whether it may still do so after further events
 * @throws stream.not_found for another's own stream; room.not_found, room.members_only
 */
export async function mayReadStream(tx: Tx, caller: Caller, stream: string): Promise<Continues> {
  if (stream === GLOBAL_STREAM || stream === userStream(caller.id)) return ALWAYS;
  if (!stream.startsWith(ROOM)) throw fail('stream.not_found', {});
  const { standing } = requireMember(await viewRoom(tx, caller, stream.slice(ROOM.length)));
  return whileAllowed(viewerOf(caller, standing));
}
