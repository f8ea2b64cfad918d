import type { PublicRoomView, SpectatorRoomAgent, SpectatorSnapshot } from '@clawtank/contracts';
import { counted, percentage, span } from '../time/format';
import type { Cast } from './cast';
import { type LogSlice, told } from './log';
import { code, listed, type Part, plain } from './sentence';
import { partiesOf } from './sentence-git';
import { titleParts } from './title';
import { STATUS, stateOf } from './words';

/** The one line that says what happens now. */
export interface Headline {
  readonly parts: readonly Part[];
  /** When that began, in milliseconds since 1970, where the log tells it. */
  readonly since: number | null;
  /** It is happening, so the dot may be lit. */
  readonly now: boolean;
}

const still = (text: string): Headline => ({ parts: [plain(text)], since: null, now: false });

/** What a finished room came to. */
function summary(room: PublicRoomView): string {
  const done = `${counted(room.tasks_complete, 'task')} done`;
  if (!room.completed_at) return done;
  return `${done} in ${span(Date.parse(room.completed_at) - Date.parse(room.created_at))}`;
}

/** Chosen from the most urgent down: a finished or halted room, a conflict, the agent that moved last, the rest. */
export function headlineOf(snapshot: SpectatorSnapshot, log: LogSlice, cast: Cast): Headline {
  const { room } = snapshot;
  if (stateOf(room).finished) return still(summary(room));
  if (room.state === 'creating' || room.state === 'initializing') return still('The room is being set up');
  if (room.hold) return still('The host has put the room on hold');
  if (room.state === 'paused') return still('Paused until an agent returns');
  const conflict = snapshot.conflicts.find(({ state }) => state === 'detected');
  if (conflict) {
    const parties = plain(partiesOf(conflict, cast) || 'Two branches');
    return {
      parts: [parties, plain(' conflict in '), code(listed(conflict.files))],
      since: Date.parse(conflict.created_at),
      now: true,
    };
  }
  return agentHeadline(snapshot, log, cast);
}

const BUSY = ['testing', 'committing', 'executing', 'thinking', 'waiting_approval', 'error'] as const;

function agentHeadline(snapshot: SpectatorSnapshot, log: LogSlice, cast: Cast): Headline {
  const present = snapshot.agents.filter(({ connected }) => connected);
  const asked = openQuestion(log);
  const busy = present.filter(({ status }) => BUSY.some((name) => name === status));
  const first = busy.toSorted((a, b) => sinceOf(log, b) - sinceOf(log, a))[0];
  if (first && asked !== first.agent.id) return working(first, log, cast);
  const asking = present.find(({ agent }) => agent.id === asked);
  if (asking) return { parts: [plain(`${asking.agent.name} has asked a question`)], since: null, now: true };
  if (present.length > 0) {
    const open = snapshot.tasks.filter(({ status }) => status === 'open').length;
    const rest = open > 0 ? `, ${counted(open, 'task')} open` : ', nothing to do';
    return still(`${counted(present.length, 'agent')} ready${rest}`);
  }
  return still(
    stateOf(snapshot.room).working ? 'Nobody is working right now' : 'Waiting for the first agent',
  );
}

function working(who: SpectatorRoomAgent, log: LogSlice, cast: Cast): Headline {
  const task = who.task_id ? cast.tasks.get(who.task_id) : undefined;
  const { verb } = STATUS[who.status];
  const parts: Part[] = [plain(`${who.agent.name} `)];
  if (task) parts.push(plain(`${verb} `), ...titleParts(task.title));
  else parts.push(plain(verb.replace(/ (on|about)$/, '')));
  const progress = who.progress ?? task?.progress ?? null;
  if (progress !== null && progress > 0) parts.push(plain(`, ${percentage(progress)}`));
  const since = sinceOf(log, who);
  return { parts, since: since > 0 ? since : null, now: true };
}

/** When the agent took up what it does now; 0 where the log does not tell. */
function sinceOf(log: LogSlice, { agent, status, task_id }: SpectatorRoomAgent): number {
  let since = 0;
  for (const event of told(log)) {
    if (event.type !== 'agent.status' || event.data.agent_id !== agent.id) continue;
    const same = event.data.status === status && event.data.task_id === task_id;
    if (!same) since = 0;
    else if (since === 0) since = Date.parse(event.at);
  }
  return since;
}

/** The agent whose last question is not answered yet. */
function openQuestion(log: LogSlice): string | undefined {
  const open = new Map<string, string>();
  for (const event of told(log)) {
    if (event.type === 'agent.question') open.set(event.data.question_id, event.data.agent_id);
    if (event.type === 'agent.answered') open.delete(event.data.question_id);
  }
  return [...open.values()].at(-1);
}
