import type { EventMap } from '@clawtank/contracts';
import { isEvent, type StoredEvent } from '@clawtank/events';

export type NoticeKind = 'mention' | 'question' | 'review' | 'conflict' | 'approval' | 'added' | 'host';

/** Somebody who is needed, and why. */
export interface Notice {
  readonly userId: string;
  readonly kind: NoticeKind;
  readonly text: string;
  readonly taskId: string | null;
  /** What it is about: nobody is told twice of the same. */
  readonly cause: string;
}

/** People behind a task; null where there is none. */
export interface TaskPeople {
  readonly creatorId: string | null;
  readonly holderId: string | null;
}

/** What the rules need to know of the room. */
export interface RoomPeople {
  readonly roomName: string;
  readonly hostId: string;
  /** The tasks that the event names. */
  readonly tasks: ReadonlyMap<string, TaskPeople>;
  /** The owners of the agents that the event names. */
  readonly owners: ReadonlyMap<string, string>;
}

type Call = Omit<Notice, 'userId' | 'cause'>;

const SHOWN_CHARS = 140;

const shorten = (text: string): string =>
  text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS - 1)}…`;

/** Whom an event of a room calls for. Nobody is told of what they did themselves, and each person once. */
export function noticesOf(event: StoredEvent, people: RoomPeople): readonly Notice[] {
  const found = collect(event, people);
  if (!found) return [];
  const { call, cause, userIds } = found;
  const others = [...new Set(userIds)].filter((id) => id !== null && id !== event.actor.id);
  return others.flatMap((userId) => (userId === null ? [] : [{ ...call, userId, cause }]));
}

interface Found {
  readonly call: Call;
  readonly cause: string;
  readonly userIds: readonly (string | null)[];
}

function collect(event: StoredEvent, people: RoomPeople): Found | null {
  if (isEvent(event, 'chat.message') || isEvent(event, 'chat.edited')) {
    return mention(event.data, event.actor.name, people);
  }
  if (isEvent(event, 'agent.question')) return question(event.data, event.actor.name, people);
  if (isEvent(event, 'approval.requested')) return approval(event.data, people);
  if (isEvent(event, 'git.pull_request')) return review(event.data, event.id, people);
  if (isEvent(event, 'git.conflict')) return conflict(event.data, people);
  if (isEvent(event, 'room.member_joined')) return joined(event.data, event, people);
  if (isEvent(event, 'room.member_role_changed')) return promoted(event.data, event.id, people);
  return null;
}

/** Does not repeat what was said: an edited or deleted message must leave no copy behind. */
function mention(
  data: EventMap['chat.message'] | EventMap['chat.edited'],
  author: string,
  { roomName }: RoomPeople,
): Found {
  const call = { kind: 'mention', text: `${author} mentioned you in ${roomName}.`, taskId: null } as const;
  const userIds = data.mentions.filter(({ kind }) => kind === 'human').map(({ id }) => id);
  return { call, cause: data.message_id, userIds };
}

function question(data: EventMap['agent.question'], agent: string, people: RoomPeople): Found {
  const text = `${agent} asks in ${people.roomName}: ${shorten(data.text)}`;
  const call = { kind: 'question', text, taskId: data.task_id } as const;
  const asked = data.to?.kind === 'human' ? data.to.id : (people.owners.get(data.agent_id) ?? null);
  return { call, cause: data.question_id, userIds: [asked] };
}

function approval(data: EventMap['approval.requested'], people: RoomPeople): Found {
  const text = `${people.roomName} waits for an approval: ${shorten(data.kind)}`;
  const call = { kind: 'approval', text, taskId: data.task_id } as const;
  return { call, cause: data.approval_id, userIds: [people.hostId] };
}

function review(data: EventMap['git.pull_request'], cause: string, people: RoomPeople): Found | null {
  if (data.action !== 'opened') return null;
  const text = `#${String(data.number)} ${shorten(data.title)} waits for a review in ${people.roomName}.`;
  const call = { kind: 'review', text, taskId: data.task_id } as const;
  const creator = data.task_id === null ? null : (people.tasks.get(data.task_id)?.creatorId ?? null);
  return { call, cause, userIds: [people.hostId, creator] };
}

/** Calls for those whose work is in conflict; for the host where nobody holds it. */
function conflict(data: EventMap['git.conflict'], people: RoomPeople): Found | null {
  if (data.state !== 'detected') return null;
  const text = `Branches conflict in ${people.roomName}: ${shorten(data.files.join(', '))}`;
  const call = { kind: 'conflict', text, taskId: data.task_ids[0] ?? null } as const;
  const holders = data.task_ids.flatMap((id) => people.tasks.get(id)?.holderId ?? []);
  return { call, cause: data.conflict_id, userIds: holders.length > 0 ? holders : [people.hostId] };
}

function joined(data: EventMap['room.member_joined'], event: StoredEvent, { roomName }: RoomPeople): Found {
  const text = `${event.actor.name} added you to ${roomName}.`;
  return { call: { kind: 'added', text, taskId: null }, cause: event.id, userIds: [data.user.id] };
}

function promoted(
  data: EventMap['room.member_role_changed'],
  cause: string,
  { roomName }: RoomPeople,
): Found | null {
  if (data.role !== 'host') return null;
  const text = `You are the host of ${roomName} now.`;
  return { call: { kind: 'host', text, taskId: null }, cause, userIds: [data.user_id] };
}
