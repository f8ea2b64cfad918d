import type { RoomSnapshot, TaskView } from '@clawtank/contracts';

/** Why the command is run on a task. */
export type WorkReason = 'task' | 'changes_requested' | 'conflict' | 'redirected';

/** What this process knows of a claim, beyond what the room says. */
export interface ClaimRecord {
  readonly fence: number;
  /**
   * `working`: the command runs, or is about to. `waiting`: for paths that others hold. `handed_in`: up for review. `stuck`: it was run for what
   * `stuckOn` says and did not help. `ended`: given back or lost, which the room does not show yet.
   */
  readonly phase: 'working' | 'waiting' | 'handed_in' | 'stuck' | 'ended';
  /** Only a room at this number or later says something new about the claim. */
  readonly since: number;
  readonly stuckOn?: string;
}

export interface RunView {
  /** The agent's id. */
  readonly me: string;
  readonly room: RoomSnapshot;
  /** Claims of this process by task. */
  readonly claims: ReadonlyMap<string, ClaimRecord>;
  /** Tasks that are being claimed at this moment. */
  readonly claiming: ReadonlySet<string>;
  /** Open tasks that were offered to the agent and that it has not turned down, the first offered first. */
  readonly offers: readonly string[];
  readonly maxTasks: number;
}

export type Move =
  /** The claim is not the agent's any more: stop, keep the branch. */
  | { readonly kind: 'lose'; readonly taskId: string; readonly done: boolean }
  /** A claim of an earlier run that waits for others. */
  | { readonly kind: 'adopt'; readonly taskId: string; readonly fence: number }
  /** Run the command on a task that the agent holds. */
  | { readonly kind: 'work'; readonly taskId: string; readonly reason: WorkReason }
  | { readonly kind: 'claim'; readonly taskId: string };

/** What to do next, as the room stands. Asked again after each event, so nothing is lost with a missed one. */
export function nextMoves(view: RunView): Move[] {
  const tasks = [...view.room.tasks].sort(byUrgency);
  const settled = tasks.flatMap((task) => settle(view, task) ?? []);
  const due = tasks.flatMap((task) => work(view, task) ?? []);
  const wanted = view.offers.flatMap(
    (id) => tasks.find((task) => task.id === id && task.status === 'open') ?? [],
  );
  const claims = wanted
    .filter((task) => !view.claiming.has(task.id) && !view.claims.has(task.id) && !settlesOwn(view, task))
    .sort(byUrgency)
    .map((task): Move => ({ kind: 'claim', taskId: task.id }));
  const busy = [...view.claims.values()].filter((claim) => claim.phase === 'working').length;
  const free = Math.max(0, view.maxTasks - busy - view.claiming.size + losing(view, settled));
  return [...settled, ...(takesWork(view) ? [...due, ...(isPaused(view) ? [] : claims)].slice(0, free) : [])];
}

/** A task that settles a conflict of work that this process is at itself, on the work's own branch. */
const settlesOwn = ({ room, claims }: RunView, task: TaskView): boolean =>
  room.conflicts.some(
    ({ resolution_task_id: id, task_ids: parties }) =>
      id === task.id &&
      parties.some((party) => ['working', 'handed_in'].includes(claims.get(party)?.phase ?? '')),
  );

/** Slots that are about to be free. */
const losing = (view: RunView, settled: readonly Move[]): number =>
  settled.filter((move) => move.kind === 'lose' && view.claims.get(move.taskId)?.phase === 'working').length;

function settle({ me, room, claims, claiming }: RunView, task: TaskView): Move | undefined {
  const claim = claims.get(task.id);
  const held = task.assignee?.id === me && task.fence !== null;
  if (!claim) {
    const waits = held && !claiming.has(task.id) && task.status === 'review';
    return waits ? { kind: 'adopt', taskId: task.id, fence: task.fence } : undefined;
  }
  if (room.cursor < claim.since || (held && task.fence === claim.fence && !isOver(task))) return undefined;
  return { kind: 'lose', taskId: task.id, done: isOver(task) };
}

const isOver = (task: TaskView): boolean => task.status === 'complete' || task.status === 'cancelled';

/** Work that is due on a task that the agent holds. */
function work({ me, room, claims, claiming }: RunView, task: TaskView): Move | undefined {
  if (task.assignee?.id !== me || claiming.has(task.id)) return undefined;
  const claim = claims.get(task.id);
  const reason = claim ? followUp(room, task, claim) : resume(task);
  return reason && { kind: 'work', taskId: task.id, reason };
}

/** For a claim of an earlier run, or one that somebody made for the agent. */
function resume(task: TaskView): WorkReason | undefined {
  if (inConflict(task)) return 'conflict';
  if (task.status !== 'claimed' && task.status !== 'in_progress') return undefined;
  return task.pull_request === null ? 'task' : 'changes_requested';
}

/** For a claim that this process worked on before. */
function followUp(room: RoomSnapshot, task: TaskView, claim: ClaimRecord): WorkReason | undefined {
  if (claim.phase === 'working' || claim.phase === 'ended') return undefined;
  if (room.cursor < claim.since || task.fence !== claim.fence) return undefined;
  if (claim.phase === 'waiting') return task.status === 'claimed' ? 'task' : undefined;
  if (inConflict(task)) return claim.stuckOn === conflictKey(room, task) ? undefined : 'conflict';
  return task.status === 'in_progress' && claim.phase === 'handed_in' ? 'changes_requested' : undefined;
}

const inConflict = (task: TaskView): boolean =>
  task.status === 'blocked' && task.blocked_by?.kind === 'conflict';

/** Another conflict than before: other files, or the default branch has moved. */
export function conflictKey(room: RoomSnapshot, task: TaskView): string {
  const files = task.blocked_by?.kind === 'conflict' ? task.blocked_by.files : [];
  return [room.room.repository.head_sha ?? '', ...files].join('\n');
}

const IDLE_STATES: ReadonlySet<string> = new Set(['creating', 'initializing', 'completed', 'archived']);

const takesWork = ({ room: { room } }: RunView): boolean => !room.hold && !IDLE_STATES.has(room.state);

const isPaused = ({ me, room }: RunView): boolean =>
  room.agents.some((one) => one.agent.id === me && one.paused);

const URGENCY = { urgent: 0, high: 1, normal: 2, low: 3 } as const;

const byUrgency = (a: TaskView, b: TaskView): number => URGENCY[a.priority] - URGENCY[b.priority];

/** True when nothing is left that the agent could do, or that waits for others before it comes back to the agent. */
export function isIdle(view: RunView): boolean {
  if (view.claiming.size > 0 || nextMoves(view).length > 0) return false;
  if ([...view.claims.values()].some(({ phase }) => phase !== 'stuck' && phase !== 'ended')) return false;
  return !view.room.tasks.some((task) => task.status === 'open' && view.offers.includes(task.id));
}
