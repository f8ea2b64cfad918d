import type { Envelope, SpectatorEvent, SpectatorEventMap, SpectatorSnapshot } from '@clawtank/contracts';
import { conflictsAfter, messagesAfter, withoutText, withRedactedMessage, xpAfter } from './shared.js';
import {
  agentGone,
  agentShown,
  agentStatusShown,
  decisionShown,
  memberGone,
  memberShown,
  roleShown,
  roomChanged,
  roomMoved,
  roomShown,
} from './spectator-room.js';
import { leaseShown, pullRequestShown, taskMoved, taskShown } from './spectator-tasks.js';
import { isWhole } from './whole-event.js';

type SpectatorType = keyof SpectatorEventMap;
type Reducer<K extends SpectatorType> = (
  snapshot: SpectatorSnapshot,
  event: Envelope<K, SpectatorEventMap[K]>,
) => SpectatorSnapshot;

/** For events that show in no snapshot. */
const unchanged = (snapshot: SpectatorSnapshot): SpectatorSnapshot => snapshot;

const chat: Reducer<'chat.message' | 'chat.edited' | 'chat.deleted' | 'chat.reaction'> = (
  snapshot,
  event,
) => ({
  ...snapshot,
  messages: messagesAfter(snapshot.messages, event as Parameters<typeof messagesAfter>[1]),
});
const xp: Reducer<'reputation.xp' | 'reputation.level_up'> = (snapshot, event) => ({
  ...snapshot,
  xp: xpAfter(snapshot.xp, event as Parameters<typeof xpAfter>[1]),
});

const REDUCERS: { readonly [K in SpectatorType]: Reducer<K> } = {
  'room.created': roomShown,
  'room.state_changed': roomMoved,
  'room.settings_changed': roomChanged,
  'room.member_joined': memberShown,
  'room.member_left': memberGone,
  'room.member_role_changed': roleShown,
  'room.decision': decisionShown,
  'agent.joined': agentShown,
  'agent.status': agentStatusShown,
  'agent.left': agentGone,
  'agent.paused': unchanged,
  'agent.question': unchanged,
  'agent.answered': unchanged,
  'chat.message': chat,
  'chat.edited': chat,
  'chat.deleted': chat,
  'chat.reaction': chat,
  'task.suggested': unchanged,
  'task.dismissed': unchanged,
  'task.created': taskShown,
  'task.update': taskMoved,
  'task.lease': leaseShown,
  'git.branch': unchanged,
  'git.commit': unchanged,
  'git.tag': unchanged,
  'git.pull_request': pullRequestShown,
  'git.checks': unchanged,
  'git.conflict': (snapshot, event) => ({
    ...snapshot,
    conflicts: conflictsAfter(snapshot.conflicts, event),
  }),
  'reputation.xp': xp,
  'reputation.level_up': xp,
  redaction: (snapshot, event) => ({
    ...snapshot,
    messages: withoutText(snapshot.messages, event.data.seq),
  }),
};

function reduce<K extends SpectatorType>(
  snapshot: SpectatorSnapshot,
  event: Envelope<K, SpectatorEventMap[K]>,
): SpectatorSnapshot {
  const reducer: Reducer<K> | undefined = REDUCERS[event.type];
  // A newer server may know types that this client does not.
  return reducer ? reducer(snapshot, event) : snapshot;
}

/**
 * A stranger's snapshot after an event of its room. Pure; events at or before the snapshot's cursor change
 * nothing, so that a replay may overlap with it.
 */
export function foldSpectator(snapshot: SpectatorSnapshot, event: SpectatorEvent): SpectatorSnapshot {
  if (event.seq <= snapshot.cursor) return snapshot;
  const next = counted(applied(snapshot, event));
  return { ...next, room: { ...next.room, last_event_at: event.at }, cursor: event.seq };
}

function applied(snapshot: SpectatorSnapshot, event: SpectatorEvent): SpectatorSnapshot {
  if (isWhole(event)) return reduce(snapshot, event);
  if (event.type !== 'chat.message') return snapshot;
  return { ...snapshot, messages: withRedactedMessage(snapshot.messages, event) };
}

/** The room's own figures, from its lists. */
function counted(snapshot: SpectatorSnapshot): SpectatorSnapshot {
  const { tasks, members, agents } = snapshot;
  const room = {
    ...snapshot.room,
    members: members.filter((member) => member.role !== 'spectator').length,
    agents: agents.filter((agent) => agent.connected).length,
    tasks_open: tasks.filter((task) => task.status !== 'complete' && task.status !== 'cancelled').length,
    tasks_complete: tasks.filter((task) => task.status === 'complete').length,
  };
  return { ...snapshot, room };
}
