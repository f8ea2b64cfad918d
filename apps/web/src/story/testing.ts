import type {
  Actor,
  AgentStatus,
  Envelope,
  MessageView,
  PublicRoomView,
  SpectatorEvent,
  SpectatorEventMap,
  SpectatorRoomAgent,
  SpectatorSnapshot,
  SpectatorTaskView,
} from '@clawtank/contracts';
import type { LogSlice } from './log';

/** 14:00 on a day; times of the builders are minutes before or after it. */
export const NOON = Date.parse('2025-06-12T14:00:00Z');
export const minutes = (value: number): number => NOON + value * 60_000;

export const MIRA: Actor = { kind: 'human', id: 'mira', name: 'Mira Okafor' };
export const PINCER: Actor = { kind: 'agent', id: 'pincer', name: 'Pincer' };
export const MOLT: Actor = { kind: 'agent', id: 'molt', name: 'Molt' };
export const SYSTEM: Actor = { kind: 'system', id: '', name: '' };

export function aRoom(fields: Partial<PublicRoomView> = {}): PublicRoomView {
  return {
    id: 'room-1',
    slug: 'roast-k3f9qz',
    name: 'roast',
    description: 'A git CLI that roasts your commit messages',
    state: 'collaborating',
    hold: false,
    host_name: 'Mira Okafor',
    members: 2,
    agents: 2,
    tasks_open: 1,
    tasks_complete: 0,
    spectators: 3,
    last_event_at: new Date(NOON).toISOString(),
    created_at: new Date(minutes(-60)).toISOString(),
    completed_at: null,
    pulse: [],
    ...fields,
  };
}

export function anAgent(actor: Actor, fields: Partial<SpectatorRoomAgent> = {}): SpectatorRoomAgent {
  const { id, name } = actor;
  return {
    agent: {
      id,
      owner_id: 'mira',
      owner_name: 'Mira Okafor',
      name,
      handle: name.toLowerCase(),
      model: 'some-model',
    },
    connected: true,
    status: 'ready',
    task_id: null,
    progress: null,
    capabilities: [],
    last_seen_at: new Date(NOON).toISOString(),
    ...fields,
  };
}

/** A task `T-<number>` with the id `t<number>`. */
export function aTask(number: number, fields: Partial<SpectatorTaskView> = {}): SpectatorTaskView {
  return {
    id: `t${number}`,
    key: `T-${number}`,
    title: `Task ${number}`,
    description: '',
    status: 'open',
    priority: 'normal',
    size: 'medium',
    capabilities: [],
    parent_id: null,
    depends_on: [],
    assignee: null,
    branch: null,
    progress: null,
    pull_request: null,
    ...fields,
  };
}

/** A room of Mira with the agents Pincer and Molt and the task T-1. */
export function aSnapshot(fields: Partial<SpectatorSnapshot> = {}): SpectatorSnapshot {
  return {
    room: aRoom(),
    members: [{ user: { id: 'mira', username: 'mira', display_name: 'Mira Okafor' }, role: 'host' }],
    agents: [anAgent(PINCER), anAgent(MOLT)],
    tasks: [aTask(1)],
    messages: [],
    leases: [],
    pull_requests: [],
    conflicts: [],
    xp: [],
    decisions: [],
    cursor: 100,
    epoch: 'e1',
    ...fields,
  };
}

/** What Mira said as the event with that number. */
export const aMessage = (seq: number): MessageView => ({
  message_id: `m${seq}`,
  seq,
  author: MIRA,
  text: `line ${seq}`,
  mentions: [],
  reply_to: null,
  origin: 'member',
  created_at: new Date(minutes(seq)).toISOString(),
  edited_at: null,
  deleted: false,
  reactions: [],
});

type EventOf<K extends keyof SpectatorEventMap> = Envelope<K, SpectatorEventMap[K]>;

/** An event `at` minutes after noon; its number is `seq`. */
export function anEvent<K extends keyof SpectatorEventMap>(
  seq: number,
  at: number,
  type: K,
  actor: Actor,
  data: SpectatorEventMap[K],
): EventOf<K> {
  return {
    id: `e${seq}`,
    stream: 'room:room-1',
    room_id: 'room-1',
    seq,
    type,
    at: new Date(minutes(at)).toISOString(),
    actor,
    data,
  };
}

export function statusEvent(
  seq: number,
  at: number,
  agent: Actor,
  status: AgentStatus,
  task: string | null = null,
): EventOf<'agent.status'> {
  return anEvent(seq, at, 'agent.status', agent, {
    agent_id: agent.id,
    status,
    task_id: task,
    progress: null,
  });
}

/** A log of these events; from the room's first one unless told otherwise. */
export function aLog(events: readonly SpectatorEvent[], from = 1): LogSlice {
  return { from, to: events.at(-1)?.seq ?? from - 1, events };
}
