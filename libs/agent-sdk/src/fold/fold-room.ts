import type { Envelope, EventMap, EventType, MemberEvent, RoomSnapshot } from '@clawtank/contracts';
import {
  agentAutonomy,
  agentJoined,
  agentLeft,
  agentPaused,
  agentStatus,
  answered,
  approvalRequested,
  approvalResolved,
  asked,
} from './agents-part.js';
import { isWhole } from './whole-event.js';
import { branchMoved, checked, conflicted, pullRequestMoved } from './git-part.js';
import {
  decided,
  memberJoined,
  memberLeft,
  roleChanged,
  roomCreated,
  settingsChanged,
  stateChanged,
} from './room-part.js';
import { messagesAfter, withoutText, withRedactedMessage, xpAfter } from './shared.js';
import { leased, taskCreated, taskDismissed, taskSuggested, taskUpdated } from './tasks-part.js';

type Reducer<K extends EventType> = (snapshot: RoomSnapshot, event: Envelope<K, EventMap[K]>) => RoomSnapshot;

/** For events that show in no snapshot. */
const unchanged = (snapshot: RoomSnapshot): RoomSnapshot => snapshot;

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

const REDUCERS: { readonly [K in EventType]: Reducer<K> } = {
  'room.created': roomCreated,
  'room.state_changed': stateChanged,
  'room.settings_changed': settingsChanged,
  'room.member_joined': memberJoined,
  'room.member_left': memberLeft,
  'room.member_role_changed': roleChanged,
  'room.decision': decided,
  'agent.joined': agentJoined,
  'agent.status': agentStatus,
  'agent.left': agentLeft,
  'agent.paused': agentPaused,
  'room.budget': unchanged,
  'agent.autonomy': agentAutonomy,
  'agent.redirected': unchanged,
  'agent.question': asked,
  'agent.answered': answered,
  'chat.message': chat,
  'chat.edited': chat,
  'chat.deleted': chat,
  'chat.reaction': chat,
  'chat.direct': unchanged,
  'chat.direct_read': unchanged,
  'chat.read': unchanged,
  'task.suggested': taskSuggested,
  'task.dismissed': taskDismissed,
  'task.created': taskCreated,
  'task.update': taskUpdated,
  'task.lease': leased,
  'task.offer': unchanged,
  'task.declined': unchanged,
  'git.branch': branchMoved,
  'git.commit': unchanged,
  'git.tag': unchanged,
  'git.push_refused': unchanged,
  'git.pull_request': pullRequestMoved,
  'git.checks': checked,
  'git.conflict': conflicted,
  'reputation.xp': xp,
  'reputation.level_up': xp,
  'approval.requested': approvalRequested,
  'approval.resolved': approvalResolved,
  'system.notification': unchanged,
  'system.notifications_read': unchanged,
  redaction: (snapshot, event) => ({
    ...snapshot,
    messages: withoutText(snapshot.messages, event.data.seq),
  }),
};

function reduce<K extends EventType>(snapshot: RoomSnapshot, event: Envelope<K, EventMap[K]>): RoomSnapshot {
  const reducer: Reducer<K> | undefined = REDUCERS[event.type];
  // A newer server may know types that this client does not.
  return reducer ? reducer(snapshot, event) : snapshot;
}

/**
 * A member's snapshot after an event of its room. Pure; events at or before the snapshot's cursor change nothing,
 * so that a replay may overlap with it.
 */
export function foldRoom(snapshot: RoomSnapshot, event: MemberEvent): RoomSnapshot {
  if (event.seq <= snapshot.cursor) return snapshot;
  return { ...applied(snapshot, event), cursor: event.seq };
}

function applied(snapshot: RoomSnapshot, event: MemberEvent): RoomSnapshot {
  if (isWhole(event)) return reduce(snapshot, event);
  if (event.type !== 'chat.message') return snapshot;
  return { ...snapshot, messages: withRedactedMessage(snapshot.messages, event) };
}
