import type { EventMap } from '@clawtank/contracts';
import { isEvent, type StoredEvent } from '@clawtank/events';

/** Somebody who is needed, and why. */
export interface Notice {
  readonly userId: string;
  readonly kind: 'mention' | 'question' | 'review' | 'conflict' | 'added';
  readonly text: string;
  readonly taskId: string | null;
}

/** What the rules need to know of the room. */
export interface RoomPeople {
  readonly roomName: string;
  readonly hostId: string;
  /** Agents that are present: whose they are and what they work on. */
  readonly agents: readonly {
    readonly agentId: string;
    readonly ownerId: string;
    readonly taskId: string | null;
  }[];
}

const SHOWN_CHARS = 140;

const shorten = (text: string): string =>
  text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS - 1)}…`;

/** Whom an event of a room calls for. Nobody is told of what they did themselves, and each person once. */
export function noticesOf(event: StoredEvent, people: RoomPeople): readonly Notice[] {
  const notices = collect(event, people).filter((notice) => notice.userId !== event.actor.id);
  return notices.filter(
    (notice, index) => notices.findIndex((other) => other.userId === notice.userId) === index,
  );
}

function collect(event: StoredEvent, people: RoomPeople): readonly Notice[] {
  if (isEvent(event, 'chat.message')) return mentions(event.data, event.actor.name, people);
  if (isEvent(event, 'agent.question')) return questions(event.data, event.actor.name, people);
  if (isEvent(event, 'git.pull_request')) return reviews(event.data, people);
  if (isEvent(event, 'git.conflict')) return conflicts(event.data, people);
  if (isEvent(event, 'room.member_joined')) {
    const text = `You were added to ${people.roomName}.`;
    return event.data.role === 'host'
      ? []
      : [{ userId: event.data.user.id, kind: 'added', text, taskId: null }];
  }
  return [];
}

function mentions(data: EventMap['chat.message'], author: string, people: RoomPeople): Notice[] {
  const text = `${author} in ${people.roomName}: ${shorten(data.text)}`;
  return data.mentions
    .filter((mention) => mention.kind === 'human')
    .map((mention) => ({ userId: mention.id, kind: 'mention', text, taskId: null }));
}

function questions(data: EventMap['agent.question'], agent: string, people: RoomPeople): Notice[] {
  const owner = people.agents.find((candidate) => candidate.agentId === data.agent_id)?.ownerId;
  const userId = data.to?.kind === 'human' ? data.to.id : owner;
  const text = `${agent} asks in ${people.roomName}: ${shorten(data.text)}`;
  return userId === undefined ? [] : [{ userId, kind: 'question', text, taskId: data.task_id }];
}

function reviews(data: EventMap['git.pull_request'], people: RoomPeople): Notice[] {
  if (data.action !== 'opened') return [];
  const text = `#${data.number} ${shorten(data.title)} waits for a review in ${people.roomName}.`;
  return [{ userId: people.hostId, kind: 'review', text, taskId: data.task_id }];
}

function conflicts(data: EventMap['git.conflict'], people: RoomPeople): Notice[] {
  if (data.state !== 'detected') return [];
  const text = `Branches conflict in ${people.roomName}: ${shorten(data.files.join(', '))}`;
  const owners = people.agents
    .filter((agent) => agent.taskId !== null && data.task_ids.includes(agent.taskId))
    .map((agent) => agent.ownerId);
  return [people.hostId, ...owners].map((userId) => ({
    userId,
    kind: 'conflict',
    text,
    taskId: data.task_ids[0] ?? null,
  }));
}
