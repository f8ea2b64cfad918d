import { type AgentSession, hasReason, isWhole } from '@clawtank/agent-sdk';
import type { EventMap, MemberEvent } from '@clawtank/contracts';
import { ClaimDesk } from './claim-desk.js';
import { claimName, type Job, type JobEnd } from './job.js';
import type { LiveRoom } from './live-room.js';
import {
  type ClaimRecord,
  conflictKey,
  isIdle,
  type Move,
  nextMoves,
  type RunView,
  type WorkReason,
} from './moves.js';
import type { Offers } from './offers.js';
import type { RunEvent } from './run-events.js';
import { Redirected, Stopped } from './stop-reasons.js';
import { type JobParts, TaskJob } from './task-job.js';

/** Nothing to do for this long is idle: what was just handed in may still come back at once. */
const IDLE_MS = 3_000;

export interface RunnerParts extends JobParts {
  readonly session: AgentSession;
  readonly live: LiveRoom;
  readonly offers: Offers;
  readonly maxTasks: number;
  /** `once`: end after one task. `idle`: end when nothing is left to do. `stopped`: work until told to stop. */
  readonly until: 'once' | 'idle' | 'stopped';
  readonly tell: (event: RunEvent) => void;
}

interface Running {
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/** Does what `nextMoves` says, and keeps what this process knows of its claims. */
export class AgentRunner {
  private readonly claims = new Map<string, ClaimRecord>();
  private readonly claiming = new Set<string>();
  private readonly jobs = new Map<string, Running>();
  private readonly instructions = new Map<string, string>();
  private readonly desk: ClaimDesk;
  private readonly ended = new AbortController();
  private idleTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly counts = { handed_in: 0, gave_up: 0 };

  constructor(readonly parts: RunnerParts) {
    const { session, offers, tell } = parts;
    this.desk = new ClaimDesk({
      session,
      offers,
      refused: (taskId, error) => tell({ type: 'refused', task: this.keyOf(taskId), note: error.message }),
      again: () => this.look(),
    });
  }

  /** Aborted when the run is over by itself; the reason is an Error when something went wrong. */
  get over(): AbortSignal {
    return this.ended.signal;
  }

  private get hasEnded(): boolean {
    return this.over.aborted;
  }

  get summary(): { readonly handed_in: number; readonly gave_up: number } {
    return this.counts;
  }

  /** Claims that the command was at work on when it was stopped, or is now. */
  get unfinished(): readonly { readonly task_id: string; readonly fence: number }[] {
    return [...this.claims].flatMap(([task_id, { fence, phase }]) =>
      phase === 'working' ? { task_id, fence } : [],
    );
  }

  /** Looks at the room and does what is due. Called after everything that may have changed something. */
  look(events: readonly MemberEvent[] = []): void {
    if (this.hasEnded) return;
    for (const event of events) this.hear(event);
    if (this.hasEnded) return;
    for (const move of nextMoves(this.view(this.desk.offers))) this.make(move);
    const { state } = this.parts.live.now.room;
    if (state === 'completed' || state === 'archived') return this.closeWith(state);
    this.watchIdleness();
  }

  /** Ends every job and waits until nothing of it is left. */
  async stop(): Promise<void> {
    this.end();
    for (const job of this.jobs.values()) job.stop.abort(new Stopped());
    await Promise.allSettled([...this.jobs.values()].map((job) => job.done));
  }

  /** A room that is over has no more work for anybody. */
  private closeWith(state: 'completed' | 'archived'): void {
    if (this.jobs.size > 0) return;
    this.parts.tell({ type: 'room_over', state });
    this.end();
  }

  private end(reason?: Error): void {
    clearTimeout(this.idleTimer);
    this.desk.close();
    this.ended.abort(reason);
  }

  private view(offers: readonly string[]): RunView {
    const { live, maxTasks, agent } = this.parts;
    return { me: agent.id, room: live.now, claims: this.claims, claiming: this.claiming, offers, maxTasks };
  }

  private make(move: Move): void {
    switch (move.kind) {
      case 'lose':
        return this.lose(move.taskId, move.done);
      case 'adopt':
        return void this.claims.set(move.taskId, { fence: move.fence, phase: 'handed_in', since: 0 });
      case 'work':
        return this.desk.isPostponed(move.taskId) ? undefined : this.take(move.taskId, move.reason);
      case 'claim':
        return this.take(move.taskId, 'task');
    }
  }

  private lose(taskId: string, done: boolean): void {
    const claim = this.claims.get(taskId);
    const { session, workspace, tell } = this.parts;
    this.claims.delete(taskId);
    session.letGo(taskId);
    this.jobs.get(taskId)?.stop.abort(new Stopped('lost'));
    if (done && claim) void workspace.remove(`${this.keyOf(taskId)}-${claim.fence}`).catch(() => {});
    if (!done && claim?.phase !== 'ended') tell({ type: 'lost', task: this.keyOf(taskId) });
  }

  private take(taskId: string, reason: WorkReason): void {
    this.claiming.add(taskId);
    const stop = new AbortController();
    const done = this.work(taskId, reason, stop.signal)
      .catch((error: unknown) => this.end(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        if (this.jobs.get(taskId)?.stop === stop) this.jobs.delete(taskId);
        this.look();
      });
    this.jobs.set(taskId, { stop, done });
  }

  private async work(taskId: string, reason: WorkReason, signal: AbortSignal): Promise<void> {
    const claim = await this.claim(taskId, reason);
    if (!claim) return;
    // What was claimed in spite of it shows in the room, and is taken up from there.
    if (signal.aborted) return void this.claims.delete(taskId);
    const { session, tell, room } = this.parts;
    tell({ type: 'started', task: claim.task.key, reason });
    const instruction = this.instructions.get(taskId);
    this.instructions.delete(taskId);
    const onLine = (line: string): void => tell({ type: 'output', task: claim.task.key, line });
    try {
      const job = new TaskJob(this.parts, { reason, claim, instruction, signal, onLine });
      await this.settle(claim, await job.run());
    } catch (error) {
      if (!signal.aborted) throw error;
      if (error instanceof Redirected) this.redirect(taskId, error.instruction);
      else if (!this.over.aborted) await this.tidy(claim);
    } finally {
      session.letGo(taskId);
      // Its next job, if there is one already, says so itself.
      if (!this.claiming.has(taskId)) {
        await session.status({ room_id: room.id, status: 'idle' }).catch(() => {});
      }
    }
  }

  /** Claims again what the agent holds already: each job has a git credential of its own. */
  private async claim(taskId: string, reason: WorkReason): Promise<Job['claim'] | undefined> {
    try {
      const claim = await this.desk.claim(taskId);
      if (!claim) return undefined;
      const since = claim.seq ?? this.parts.live.now.cursor;
      const waits = claim.task.blocked_by?.kind === 'paths';
      this.claims.set(taskId, { fence: claim.fence, phase: waits ? 'waiting' : 'working', since });
      if (reason === 'task') this.parts.tell({ type: 'claimed', task: claim.task.key });
      // It is taken up when the room shows that the paths are free.
      return waits ? undefined : claim;
    } finally {
      this.claiming.delete(taskId);
    }
  }

  private async settle(claim: Job['claim'], end: JobEnd): Promise<void> {
    const { id, key } = claim.task;
    const { live, tell, until } = this.parts;
    const record = (phase: ClaimRecord['phase'], since: number): ClaimRecord => ({
      fence: claim.fence,
      phase,
      since,
    });
    // Before anything is waited for, so that no other task is claimed meanwhile.
    if (until === 'once' && end.kind !== 'lost') this.end();
    switch (end.kind) {
      case 'handed_in':
        this.claims.set(id, record('handed_in', end.since));
        this.counts.handed_in += 1;
        tell({ type: 'handed_in', task: key, pull_request: end.pullRequest });
        break;
      case 'stuck':
        this.stuck(claim, end.note);
        break;
      case 'released':
        await this.giveBack(claim, end.note);
        break;
      case 'lost':
        this.claims.set(id, record('ended', live.now.cursor));
        tell({ type: 'lost', task: key });
        return this.tidy(claim);
    }
  }

  private async giveBack(claim: Job['claim'], note: string): Promise<void> {
    const { id, key } = claim.task;
    const { live, offers, session, tell } = this.parts;
    // Before the room says so: its own word on it must not look like a loss.
    this.claims.set(id, { fence: claim.fence, phase: 'ended', since: live.now.cursor });
    this.counts.gave_up += 1;
    offers.refuse(id);
    tell({ type: 'released', task: key, note });
    const held = { task_id: id, fence: claim.fence };
    try {
      await session.release(held, note.slice(0, 4_000));
      await session.decline(id, note.slice(0, 500));
    } catch (error) {
      // It expired or was cancelled, and is not held any more; or it was blocked meanwhile, and still is.
      if (hasReason(error, 'task.illegal_step'))
        this.claims.set(id, { fence: claim.fence, phase: 'stuck', since: 0 });
    }
    await this.tidy(claim);
  }

  private tidy(claim: Job['claim']): Promise<void> {
    return this.parts.workspace.tidy(claimName(claim)).catch(() => {});
  }

  private stuck(claim: Job['claim'], note: string): void {
    const { id, key } = claim.task;
    const { live, session, room, tell } = this.parts;
    const task = live.now.tasks.find((one) => one.id === id) ?? claim.task;
    const since = live.now.cursor;
    this.claims.set(id, { fence: claim.fence, phase: 'stuck', since, stuckOn: conflictKey(live.now, task) });
    this.counts.gave_up += 1;
    tell({ type: 'stuck', task: key, note });
    const text = `I could not resolve the conflict of ${key}: ${note}`.slice(0, 2_000);
    void session.client.command('chat.send', { room_id: room.id, text }).catch(() => {});
  }

  private redirect(taskId: string, instruction: string): void {
    this.instructions.set(taskId, instruction);
    this.claims.delete(taskId);
    this.take(taskId, 'redirected');
  }

  private hear(event: MemberEvent): void {
    if (!isWhole(event)) return;
    const { agent, offers } = this.parts;
    if (event.type === 'agent.redirected' && event.data.agent_id === agent.id) {
      const { instruction, task_id } = event.data;
      for (const [taskId, job] of this.jobs) {
        if (task_id === null || taskId === task_id) job.stop.abort(new Redirected(instruction));
      }
    }
    if (event.type === 'agent.left' && event.data.agent_id === agent.id && event.actor.id !== agent.id)
      this.sentAway(event.data.reason, event.actor.name);
    // Who takes a task away from the agent does not want it to come back for it.
    const taken =
      event.type === 'task.update' && event.data.change === 'released' && event.actor.id !== agent.id;
    if (taken && this.claims.has(event.data.task_id)) offers.refuse(event.data.task_id);
  }

  /** Its owner or the host has ended its presence: it stops at once, and does not come back by itself. */
  private sentAway(reason: EventMap['agent.left']['reason'], by: string): void {
    if (reason !== 'disconnected' && reason !== 'removed') return;
    this.parts.tell({ type: 'sent_away', by });
    this.end();
  }

  private watchIdleness(): void {
    clearTimeout(this.idleTimer);
    if (this.parts.until !== 'idle' || !isIdle(this.view(this.parts.offers.open))) return;
    this.idleTimer = setTimeout(() => this.end(), IDLE_MS);
  }

  private keyOf(taskId: string): string {
    return this.parts.live.now.tasks.find((task) => task.id === taskId)?.key ?? taskId;
  }
}
