import { isEvent, type StoredEvent } from '@clawtank/events';
import type { RoomSight } from '@clawtank/rooms';

/** Who reads a room's stream, and as what. */
export interface Viewer {
  /** The person, or the owner of the agent; null for somebody who is not signed in. */
  readonly userId: string | null;
  /** Null for a person. */
  readonly agentId: string | null;
  readonly standing: RoomSight['standing'];
}

type Rule = (event: StoredEvent, viewer: Viewer) => boolean;

const isStranger = (viewer: Viewer): boolean => viewer.standing === 'stranger';

/** Each rule says whether one event takes a viewer's access away. */
const RULES: readonly Rule[] = [
  // A stranger has no membership to lose, but a ban reaches a stranger who is signed in.
  (event, viewer) =>
    isEvent(event, 'room.member_left') &&
    event.data.user_id === viewer.userId &&
    (!isStranger(viewer) || event.data.reason === 'banned'),
  (event, viewer) =>
    isEvent(event, 'room.member_role_changed') &&
    event.data.user_id === viewer.userId &&
    event.data.role === 'spectator' &&
    !isStranger(viewer),
  (event, viewer) =>
    isEvent(event, 'room.settings_changed') && event.data.visibility === 'private' && isStranger(viewer),
  // An agent that merely went away may come back; one that was taken out or revoked may not read on.
  (event, viewer) =>
    isEvent(event, 'agent.left') &&
    event.data.agent_id === viewer.agentId &&
    (event.data.reason === 'removed' || event.data.reason === 'revoked'),
];

/**
 * Whether a viewer may still read once these events have happened.
 * @param checkedAt the number up to which access was checked: a replay may pass events that took it away
 *   before it was given back
 */
export function mayReadOn(viewer: Viewer, events: readonly StoredEvent[], checkedAt: number): boolean {
  return !events.some((event) => event.seq > checkedAt && RULES.some((loses) => loses(event, viewer)));
}
