import type { AgentStatus, SpectatorRoomAgent } from '@clawtank/contracts';
import { fromBirth, type LogSlice, type Told, told } from './log';
import type { RoomFacts } from './room-story';

/** The stretch of time that the lanes show, in milliseconds since 1970. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export type SegmentKind = 'work' | 'think' | 'test' | 'wait' | 'fail';

/** A stretch in which an agent did one thing. */
export interface Segment extends Period {
  readonly kind: SegmentKind;
  readonly taskId: string | null;
  readonly progress: number | null;
  /** It goes on at this moment. */
  readonly open: boolean;
}

export interface Mark {
  readonly key: string;
  readonly at: number;
  readonly kind: 'commit' | 'merge' | 'conflict';
  readonly text: string;
}

export interface Lane {
  readonly agent: SpectatorRoomAgent;
  readonly segments: readonly Segment[];
  readonly marks: readonly Mark[];
}

/** A line that a person said. */
export interface Said {
  readonly key: string;
  readonly at: number;
  readonly personId: string;
}

const KIND: Readonly<Record<AgentStatus, SegmentKind | null>> = {
  ready: null,
  idle: null,
  thinking: 'think',
  executing: 'work',
  testing: 'test',
  committing: 'work',
  waiting_approval: 'wait',
  error: 'fail',
};

const MINUTE = 60_000;
const SPANS = [2, 5, 10, 15, 30, 60] as const;

/**
 * Minutes that the lanes show at `now`: the fewest that hold the whole story of a young room, else the most that
 * the log covers, from 2 to 60.
 */
export function minutesShown(log: LogSlice, now: number): number {
  const first = log.events[0];
  const covered = first ? (now - Date.parse(first.at)) / MINUTE : 0;
  if (fromBirth(log)) return SPANS.find((minutes) => minutes >= covered) ?? 60;
  return SPANS.findLast((minutes) => minutes <= covered) ?? SPANS[0];
}

interface Doing {
  readonly since: number;
  readonly status: AgentStatus;
  readonly taskId: string | null;
  readonly progress: number | null;
  readonly asking: boolean;
}

const kindOf = (doing: Doing): SegmentKind | null => (doing.asking ? 'wait' : KIND[doing.status]);

/** One agent's story, told event by event. */
class LaneBuilder {
  private readonly segments: Segment[] = [];
  private doing: Doing | undefined;

  turn(at: number, next: Doing | undefined): void {
    const past = this.doing;
    if (past && next && kindOf(past) === kindOf(next) && past.taskId === next.taskId) {
      this.doing = { ...next, since: past.since };
      return;
    }
    this.close(at, false);
    this.doing = next;
  }

  /** An open question makes the agent wait, whatever it last said it does. */
  ask(at: number, asking: boolean): void {
    const past = this.doing ?? { since: at, status: 'idle', taskId: null, progress: null, asking: false };
    this.turn(at, { ...past, since: at, asking });
  }

  status(at: number, status: AgentStatus, taskId: string | null, progress: number | null): void {
    this.turn(at, { since: at, status, taskId, progress, asking: false });
  }

  private close(at: number, open: boolean): void {
    const past = this.doing;
    const kind = past && kindOf(past);
    if (!past || !kind || at <= past.since) return;
    const { since, taskId, progress } = past;
    this.segments.push({ from: since, to: at, kind, taskId, progress, open });
  }

  /** All segments; the last one is still open for an agent that is here. */
  end(agent: SpectatorRoomAgent): readonly Segment[] {
    this.close(agent.connected ? Number.POSITIVE_INFINITY : Date.parse(agent.last_seen_at), agent.connected);
    return this.segments;
  }
}

function tell(lanes: ReadonlyMap<string, LaneBuilder>, event: Told): void {
  const at = Date.parse(event.at);
  switch (event.type) {
    case 'agent.status': {
      const { agent_id, status, task_id, progress } = event.data;
      return lanes.get(agent_id)?.status(at, status, task_id, progress);
    }
    case 'agent.left':
      return lanes.get(event.data.agent_id)?.turn(at, undefined);
    case 'agent.question':
      return lanes.get(event.data.agent_id)?.ask(at, true);
    case 'agent.answered':
      return lanes.get(event.data.agent_id)?.ask(at, false);
    default:
  }
}

/** Who worked on a task last, as far as the log and the board tell. */
function workersOf(snapshot: RoomFacts, events: readonly Told[]): ReadonlyMap<string, string> {
  const workers = new Map<string, string>();
  for (const task of snapshot.tasks)
    if (task.assignee?.kind === 'agent') workers.set(task.id, task.assignee.id);
  for (const event of events) {
    if (event.type === 'task.update' && event.data.assignee?.kind === 'agent') {
      workers.set(event.data.task_id, event.data.assignee.id);
    }
  }
  return workers;
}

interface Placed {
  readonly agentId: string;
  readonly mark: Mark;
}

function marksOf(event: Told, workers: ReadonlyMap<string, string>): readonly Placed[] {
  const at = Date.parse(event.at);
  const mark = (agentId: string | undefined, kind: Mark['kind'], text: string): readonly Placed[] =>
    agentId ? [{ agentId, mark: { key: `${event.seq}`, at, kind, text } }] : [];
  switch (event.type) {
    case 'git.commit':
      return mark(event.data.agent_id ?? undefined, 'commit', event.data.message.split('\n')[0] ?? '');
    case 'git.pull_request':
      if (event.data.action !== 'merged' || !event.data.task_id) return [];
      return mark(workers.get(event.data.task_id), 'merge', `Merged ${event.data.title}`);
    case 'git.conflict':
      if (event.data.state === 'resolved') return [];
      return event.data.task_ids.flatMap((task) =>
        mark(workers.get(task), 'conflict', `Conflict in ${event.data.files.join(', ')}`),
      );
    default:
      return [];
  }
}

/** Keeps the first of commits that were seen twice (on a branch, then on main). */
function withoutRepeats(events: readonly Told[]): readonly Told[] {
  const shas = new Set<string>();
  return events.filter((event) => {
    if (event.type !== 'git.commit') return true;
    if (shas.has(event.data.sha)) return false;
    shas.add(event.data.sha);
    return true;
  });
}

/**
 * One lane per agent, drawn from the log: what it did when. An agent whose status the log never mentions has had
 * it since before the log begins, so its segment has no beginning.
 */
export function lanesOf(snapshot: RoomFacts, log: LogSlice): readonly Lane[] {
  const events = withoutRepeats(told(log));
  const builders = new Map(snapshot.agents.map(({ agent }) => [agent.id, new LaneBuilder()]));
  const spoken = new Set<string>();
  for (const event of events) {
    tell(builders, event);
    if (event.type === 'agent.status') spoken.add(event.data.agent_id);
  }
  const workers = workersOf(snapshot, events);
  const marks = events.flatMap((event) => marksOf(event, workers));
  return snapshot.agents.map((agent) => {
    const builder = builders.get(agent.agent.id) ?? new LaneBuilder();
    if (agent.connected && !spoken.has(agent.agent.id)) {
      builder.status(Number.NEGATIVE_INFINITY, agent.status, agent.task_id, agent.progress);
    }
    return {
      agent,
      segments: builder.end(agent),
      marks: marks.filter(({ agentId }) => agentId === agent.agent.id).map(({ mark }) => mark),
    };
  });
}

/** What of a lane falls into a period. */
export function clipLane(lane: Lane, period: Period): Lane {
  return {
    ...lane,
    segments: lane.segments.flatMap((segment) => clip(segment, period)),
    marks: lane.marks.filter(({ at }) => within(at, period)),
  };
}

/** What people said in the period. */
export function saidBy(log: LogSlice, period: Period): readonly Said[] {
  return told(log)
    .filter((event) => event.type === 'chat.message' && event.actor.kind === 'human')
    .map((event) => ({ key: `${event.seq}`, at: Date.parse(event.at), personId: event.actor.id }))
    .filter(({ at }) => within(at, period));
}

const within = (at: number, period: Period): boolean => at >= period.from && at <= period.to;

function clip(segment: Segment, period: Period): readonly Segment[] {
  const from = Math.max(segment.from, period.from);
  const to = Math.min(segment.to, period.to);
  return to > from ? [{ ...segment, from, to }] : [];
}

/** Where a moment stands in the period, in percent. */
export function percent(at: number, period: Period): number {
  return ((at - period.from) / (period.to - period.from)) * 100;
}

const STEPS: Readonly<Record<number, number>> = { 2: 1, 5: 1, 10: 2, 15: 3, 30: 5, 60: 10 };

/** Round clock times along the axis, clear of both ends. */
export function ticks(period: Period): readonly number[] {
  const minutes = Math.round((period.to - period.from) / MINUTE);
  const step = (STEPS[minutes] ?? 10) * MINUTE;
  const found: number[] = [];
  for (let at = Math.ceil(period.from / step) * step; at < period.to; at += step) {
    const place = percent(at, period);
    if (place > 3 && place < 85) found.push(at);
  }
  return found;
}
