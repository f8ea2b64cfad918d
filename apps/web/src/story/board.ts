import type { SpectatorTaskView, TaskState } from '@clawtank/contracts';
import type { RoomFacts } from './room-story';
import type { TaskShape } from './words';

/** What a board is drawn from; members' tasks carry more than strangers'. */
export interface BoardFacts<T extends SpectatorTaskView = SpectatorTaskView>
  extends Pick<RoomFacts, 'agents' | 'conflicts' | 'pull_requests'> {
  readonly tasks: readonly T[];
}

export interface Card<T extends SpectatorTaskView = SpectatorTaskView> {
  readonly task: T;
  readonly blocked: boolean;
  /** Keys of open tasks that this one waits for. */
  readonly waitsFor: readonly string[];
  /** Keys of tasks whose live branches meet this one's. */
  readonly conflictsWith: readonly string[];
  readonly approved: boolean;
  /** Its agent waits for a person. */
  readonly asking: boolean;
}

export interface Column<T extends SpectatorTaskView = SpectatorTaskView> {
  readonly shape: TaskShape;
  readonly word: string;
  readonly cards: readonly Card<T>[];
}

const COLUMNS: readonly {
  readonly shape: TaskShape;
  readonly word: string;
  readonly states: readonly TaskState[];
}[] = [
  { shape: 'open', word: 'Open', states: ['open'] },
  { shape: 'claimed', word: 'Claimed', states: ['claimed'] },
  { shape: 'progress', word: 'In progress', states: ['in_progress'] },
  { shape: 'review', word: 'Review', states: ['review'] },
  { shape: 'done', word: 'Done', states: ['complete'] },
];

const RANK = { urgent: 0, high: 1, normal: 2, low: 3 } as const;

/** `T-12` as 12. */
const keyNumber = (key: string): number => Number(key.replace(/\D+/g, ''));

/** The five columns. A blocked task stands where it stopped: in progress with an assignee, else open. */
export function boardOf<T extends SpectatorTaskView>(snapshot: BoardFacts<T>): readonly Column<T>[] {
  const byId = new Map(snapshot.tasks.map((task) => [task.id, task]));
  const cards = snapshot.tasks
    .filter((task) => task.status !== 'cancelled')
    .map((task) => cardOf(task, snapshot, byId));
  return COLUMNS.map(({ shape, word, states }) => {
    const mine = cards.filter(({ task }) => states.includes(placeOf(task)));
    return { shape, word, cards: shape === 'done' ? mine.toSorted(newestFirst) : mine.toSorted(urgentFirst) };
  });
}

function placeOf(task: SpectatorTaskView): TaskState {
  if (task.status !== 'blocked') return task.status;
  if (task.pull_request !== null) return 'review';
  return task.assignee ? 'in_progress' : 'open';
}

function cardOf<T extends SpectatorTaskView>(
  task: T,
  snapshot: BoardFacts<T>,
  byId: ReadonlyMap<string, T>,
): Card<T> {
  const keyOf = (id: string): string[] => {
    const other = byId.get(id);
    return other ? [other.key] : [];
  };
  const meeting = snapshot.conflicts
    .filter((conflict) => conflict.state !== 'resolved' && conflict.task_ids.includes(task.id))
    .flatMap((conflict) => conflict.task_ids.filter((id) => id !== task.id));
  return {
    task,
    blocked: task.status === 'blocked',
    waitsFor: task.depends_on.filter((id) => byId.get(id)?.status !== 'complete').flatMap(keyOf),
    conflictsWith: [...new Set(meeting)].flatMap(keyOf),
    asking: snapshot.agents.some(
      (agent) => agent.connected && agent.status === 'waiting_approval' && agent.task_id === task.id,
    ),
    approved: snapshot.pull_requests.some((request) => request.task_id === task.id && request.approved),
  };
}

const urgentFirst = (a: Card, b: Card): number =>
  RANK[a.task.priority] - RANK[b.task.priority] || keyNumber(a.task.key) - keyNumber(b.task.key);

const newestFirst = (a: Card, b: Card): number => keyNumber(b.task.key) - keyNumber(a.task.key);
