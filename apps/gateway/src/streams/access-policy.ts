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

/** Types that some rule looks at. */
const TOUCHING: ReadonlySet<string> = new Set([
  'room.member_left',
  'room.member_role_changed',
  'room.settings_changed',
  'agent.left',
]);

let lastEvents: readonly StoredEvent[] = [];
let lastTouching: readonly StoredEvent[] = [];

/** Thousands are asked about the same events in a row, and most say nothing about anybody's access. */
function touchingOf(events: readonly StoredEvent[]): readonly StoredEvent[] {
  if (events !== lastEvents) {
    lastTouching = events.filter(({ type }) => TOUCHING.has(type));
    lastEvents = events;
  }
  return lastTouching;
}

/** A viewer's access to a room's stream as it was when it was checked. */
export class Access {
  /**
   * @param checkedAt the number up to which access was checked: a replay may pass events that took it away before it
   *   was given back
   */
  constructor(
    private readonly viewer: Viewer,
    private readonly checkedAt: number,
  ) {}

  /** Whether the viewer may still read once these events have happened. */
  mayReadOn(events: readonly StoredEvent[]): boolean {
    return !touchingOf(events).some(
      (event) => event.seq > this.checkedAt && RULES.some((loses) => loses(event, this.viewer)),
    );
  }
}
