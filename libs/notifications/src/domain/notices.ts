import type { Actor, EventMap, EventType } from '@clawtank/contracts';

export type NoticeKind =
  | 'mention'
  | 'question'
  | 'review'
  | 'conflict'
  | 'trespass'
  | 'refused'
  | 'approval'
  | 'added'
  | 'host'
  | 'unclaimed';

/** Somebody who is needed, and why. */
export interface Notice {
  readonly userId: string;
  readonly kind: NoticeKind;
  readonly text: string;
  readonly taskId: string | null;
  /** What it waits for: settled with that. Null where there is nothing to do but to know. */
  readonly subject: string | null;
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

/** What an event says beside its data. */
export interface Occasion {
  readonly id: string;
  readonly actor: Actor;
}

interface Found {
  readonly call: Call;
  readonly cause: string;
  readonly userIds: readonly (string | null)[];
}

type Rule<K extends EventType> = (data: EventMap[K], occasion: Occasion, people: RoomPeople) => Found | null;

/** The event types that may need a person, each with its rule; the others need nobody in particular. */
export const NOTICE_RULES = {
  'chat.message': mention,
  'chat.edited': mention,
  'agent.question': question,
  'approval.requested': approval,
  'git.pull_request': review,
  'git.conflict': conflict,
  'git.push_refused': refused,
  'task.lease': trespass,
  'task.update': unclaimed,
  'room.member_joined': joined,
  'room.member_role_changed': promoted,
} satisfies { readonly [K in EventType]?: Rule<K> };

export type NoticeType = keyof typeof NOTICE_RULES;

/** Whom an event of a room calls for. Nobody is told of what they did themselves, and each person once. */
export function noticesOf<K extends NoticeType>(
  type: K,
  data: EventMap[K],
  occasion: Occasion,
  people: RoomPeople,
): readonly Notice[] {
  const rules: { readonly [T in NoticeType]: Rule<T> } = NOTICE_RULES;
  const found = rules[type](data, occasion, people);
  if (!found) return [];
  const { call, cause, userIds } = found;
  const others = [...new Set(userIds)].filter((id) => id !== null && id !== occasion.actor.id);
  return others.flatMap((userId) => (userId === null ? [] : [{ ...call, userId, cause }]));
}

/** Does not repeat what was said: an edited or deleted message must leave no copy behind. */
function mention(
  data: EventMap['chat.message'] | EventMap['chat.edited'],
  { actor }: Occasion,
  { roomName }: RoomPeople,
): Found {
  const text = `${actor.name} mentioned you in ${roomName}.`;
  const userIds = data.mentions.filter(({ kind }) => kind === 'human').map(({ id }) => id);
  return { call: { kind: 'mention', text, taskId: null, subject: null }, cause: data.message_id, userIds };
}

function question(data: EventMap['agent.question'], { actor }: Occasion, people: RoomPeople): Found {
  const text = `${actor.name} asks in ${people.roomName}: ${shorten(data.text)}`;
  const subject = `question:${data.question_id}`;
  const call = { kind: 'question', text, taskId: data.task_id, subject } as const;
  const asked = data.to?.kind === 'human' ? data.to.id : (people.owners.get(data.agent_id) ?? null);
  return { call, cause: data.question_id, userIds: [asked] };
}

function approval(data: EventMap['approval.requested'], _: Occasion, people: RoomPeople): Found {
  const text = `${people.roomName} waits for an approval: ${shorten(data.kind)}`;
  const subject = `approval:${data.approval_id}`;
  const call = { kind: 'approval', text, taskId: data.task_id, subject } as const;
  // Either may give it.
  const owner = data.agent_id === null ? null : (people.owners.get(data.agent_id) ?? null);
  return { call, cause: data.approval_id, userIds: [people.hostId, owner] };
}

function review(data: EventMap['git.pull_request'], { id }: Occasion, people: RoomPeople): Found | null {
  if (data.action !== 'opened') return null;
  const text = `#${String(data.number)} ${shorten(data.title)} waits for a review in ${people.roomName}.`;
  const subject = `pull:${String(data.number)}`;
  const call = { kind: 'review', text, taskId: data.task_id, subject } as const;
  const creator = data.task_id === null ? null : (people.tasks.get(data.task_id)?.creatorId ?? null);
  return { call, cause: id, userIds: [people.hostId, creator] };
}

/** Calls for those whose work is in conflict; for the host where nobody holds it. */
function conflict(data: EventMap['git.conflict'], _: Occasion, people: RoomPeople): Found | null {
  if (data.state !== 'detected') return null;
  const text = `Branches conflict in ${people.roomName}: ${shorten(data.files.join(', '))}`;
  const subject = `conflict:${data.conflict_id}`;
  const call = { kind: 'conflict', text, taskId: data.task_ids[0] ?? null, subject } as const;
  const holders = data.task_ids.flatMap((id) => people.tasks.get(id)?.holderId ?? []);
  return { call, cause: data.conflict_id, userIds: holders.length > 0 ? holders : [people.hostId] };
}

/** Calls for those whose leases a push went into; once for each task that does so. */
function trespass(data: EventMap['task.lease'], { actor }: Occasion, people: RoomPeople): Found | null {
  if (data.trespass.length === 0) return null;
  const into = data.trespass.map(({ key, pattern }) => `${pattern} (${key})`).join(', ');
  const text = `${actor.name} pushed for ${data.key} into ${shorten(into)} in ${people.roomName}.`;
  const holders = data.trespass.flatMap(({ task_id }) => people.tasks.get(task_id)?.holderId ?? []);
  const call = { kind: 'trespass', text, taskId: data.task_id, subject: null } as const;
  return { call, cause: data.task_id, userIds: holders };
}

/** Calls for the owner of an agent that pushes what it may not; main is the host's too. */
function refused(data: EventMap['git.push_refused'], { id, actor }: Occasion, people: RoomPeople): Found {
  const text = `${actor.name} may not push to ${data.ref} for ${data.key} in ${people.roomName}: ${shorten(data.message)}`;
  const call = { kind: 'refused', text, taskId: data.task_id, subject: null } as const;
  const host = data.reason === 'git.default_branch_protected' ? [people.hostId] : [];
  return { call, cause: id, userIds: [people.owners.get(actor.id) ?? null, ...host] };
}

function unclaimed(data: EventMap['task.update'], { id }: Occasion, people: RoomPeople): Found | null {
  if (data.change !== 'unclaimed') return null;
  const text = `Nobody takes ${data.key} in ${people.roomName}.`;
  const call = { kind: 'unclaimed', text, taskId: data.task_id, subject: null } as const;
  return { call, cause: id, userIds: [people.hostId] };
}

function joined(
  data: EventMap['room.member_joined'],
  { id, actor }: Occasion,
  { roomName }: RoomPeople,
): Found {
  const text = `${actor.name} added you to ${roomName}.`;
  return { call: { kind: 'added', text, taskId: null, subject: null }, cause: id, userIds: [data.user.id] };
}

function promoted(
  data: EventMap['room.member_role_changed'],
  { id }: Occasion,
  { roomName }: RoomPeople,
): Found | null {
  if (data.role !== 'host') return null;
  const text = `You are the host of ${roomName} now.`;
  return { call: { kind: 'host', text, taskId: null, subject: null }, cause: id, userIds: [data.user_id] };
}

type Settles<K extends EventType> = (data: EventMap[K]) => string | null;

/** The event types after which nobody needs to do what an earlier one called for. */
export const SETTLING_RULES = {
  'agent.answered': ({ question_id }) => `question:${question_id}`,
  'approval.resolved': ({ approval_id }) => `approval:${approval_id}`,
  'git.pull_request': ({ action, number }) =>
    action === 'merged' || action === 'closed' ? `pull:${String(number)}` : null,
  'git.conflict': ({ state, conflict_id }) => (state === 'resolved' ? `conflict:${conflict_id}` : null),
} satisfies { readonly [K in EventType]?: Settles<K> };

export type SettlingType = keyof typeof SETTLING_RULES;

/** What an event of a room settles, or null. */
export function settledBy<K extends SettlingType>(type: K, data: EventMap[K]): string | null {
  const rules: { readonly [T in SettlingType]: Settles<T> } = SETTLING_RULES;
  return rules[type](data);
}
