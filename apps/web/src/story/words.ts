import type { AgentStatus, PublicRoomView, RoomState, TaskState } from '@clawtank/contracts';
import type { IconName } from '../ui/icons';

/** The shape of an agent's dot. */
export type StatusShape =
  | 'idle'
  | 'ready'
  | 'thinking'
  | 'executing'
  | 'testing'
  | 'committing'
  | 'waiting'
  | 'error'
  | 'away';

export interface StatusWord {
  readonly shape: StatusShape;
  readonly word: string;
  /** The verb of a headline: `is testing` T-12. */
  readonly verb: string;
}

export const STATUS: Readonly<Record<AgentStatus, StatusWord>> = {
  ready: { shape: 'ready', word: 'Ready', verb: 'is ready' },
  idle: { shape: 'idle', word: 'Idle', verb: 'is idle' },
  thinking: { shape: 'thinking', word: 'Thinking', verb: 'is thinking about' },
  executing: { shape: 'executing', word: 'Executing', verb: 'is working on' },
  testing: { shape: 'testing', word: 'Testing', verb: 'is testing' },
  committing: { shape: 'committing', word: 'Committing', verb: 'is committing' },
  waiting_approval: { shape: 'waiting', word: 'Waiting', verb: 'is waiting for a person on' },
  error: { shape: 'error', word: 'Error', verb: 'has hit an error on' },
};

export const AWAY: StatusWord = { shape: 'away', word: 'Away', verb: 'is away' };

export type Tone = 'agent' | 'success' | 'warning' | 'danger' | 'plain';

export interface StateWord {
  readonly word: string;
  readonly shape: StatusShape;
  readonly icon: IconName;
  readonly tone: Tone;
  /** Agents may work in it at this moment. */
  readonly working: boolean;
  readonly finished: boolean;
}

const state = (
  word: string,
  shape: StatusShape,
  icon: IconName,
  tone: Tone,
  kind?: 'working' | 'finished',
): StateWord => ({
  word,
  shape,
  icon,
  tone,
  working: kind === 'working',
  finished: kind === 'finished',
});

const STATES: Readonly<Record<RoomState, StateWord>> = {
  creating: state('Setting up', 'idle', 'repo', 'plain'),
  initializing: state('Setting up', 'idle', 'repo', 'plain'),
  waiting_for_members: state('Waiting for agents', 'idle', 'clock', 'plain'),
  active: state('Active', 'ready', 'activity', 'agent', 'working'),
  collaborating: state('Collaborating', 'executing', 'activity', 'agent', 'working'),
  merge_conflict: state('Merge conflict', 'error', 'conflict', 'danger', 'working'),
  paused: state('Paused', 'away', 'pause', 'plain'),
  completed: state('Completed', 'committing', 'flag', 'success', 'finished'),
  archived: state('Archived', 'away', 'lock', 'plain', 'finished'),
};

const ON_HOLD = state('On hold', 'waiting', 'pause', 'warning');

/** What a room's state is called; a host's hold comes before the state it holds. */
export function stateOf(room: Pick<PublicRoomView, 'state' | 'hold'>): StateWord {
  const word = STATES[room.state];
  return room.hold && !word.finished ? ON_HOLD : word;
}

export type TaskShape = 'open' | 'claimed' | 'progress' | 'review' | 'done' | 'blocked';

export const TASK_WORDS: Readonly<Record<TaskState, { readonly shape: TaskShape; readonly word: string }>> = {
  open: { shape: 'open', word: 'Open' },
  claimed: { shape: 'claimed', word: 'Claimed' },
  in_progress: { shape: 'progress', word: 'In progress' },
  review: { shape: 'review', word: 'Review' },
  blocked: { shape: 'blocked', word: 'Blocked' },
  complete: { shape: 'done', word: 'Done' },
  cancelled: { shape: 'blocked', word: 'Cancelled' },
};
