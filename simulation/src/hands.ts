import { type AgentSession, hasReason } from '@clawtank/agent-sdk';
import type { ConflictView } from '@clawtank/contracts';
import { fateOf } from './fate.js';
import { mergeByHand } from './git.js';
import type { Job } from './job.js';
import { marksIn, withMark } from './marked-file.js';
import type { Seat, Stage } from './world.js';

const MERGE_MINUTES = 5;
/** Part of a piece of work that is done again when it is sent back. */
const REVISED_PART = 0.4;
const YIELD_MINUTES = 90;

/** The agent's process is gone. */
export class Died extends Error {}

/** What an agent does with a claim in hand. */
export class Hands {
  private diesAfter = Infinity;

  constructor(
    private readonly stage: Stage,
    private readonly seat: Seat,
    private readonly session: AgentSession,
  ) {}

  /** From the claim to the pull request. @throws Died */
  async perform(job: Job): Promise<void> {
    const { task } = job;
    this.diesAfter = task.minutes * (fateOf(task.strain, job.fence, this.seat.plan.dies) ?? Infinity);
    await this.session.start({ task_id: job.id, fence: job.fence });
    await this.session.client.command('git.branch', { ...this.named(job) });
    if (this.stage.guards.readsHandOver) await this.readHandOver(job);
    await this.carryOn(job);
  }

  /** What is left of a job, after a death that the claim outlived too. @throws Died */
  async carryOn(job: Job): Promise<void> {
    const each = job.task.minutes / job.task.edits.length;
    for (const index of job.task.edits.keys()) {
      if (job.done.has(index)) continue;
      await this.work(job, each);
      if (!this.seat.plan.pushesLate) await this.commit(job, [index]);
    }
    await this.commit(job, [...job.task.edits.keys()]);
    if (this.stage.guards.heedsConflicts && !this.seat.plan.heedless) await this.settlePredicted(job);
    await this.handIn(job);
  }

  async revise(job: Job): Promise<void> {
    const minutes = job.task.minutes * REVISED_PART;
    job.revision += 1;
    this.stage.ledger.waste('sent_back', minutes);
    await this.work(job, minutes);
    await this.commit(job, [0]);
    await this.handIn(job);
  }

  async handIn(job: Job): Promise<void> {
    const { mark, title } = job.task;
    await this.session.openPullRequest({ ...this.named(job), title: `${title} (${mark})` });
    job.handedIn = true;
  }

  /** Merges the default branch into the claim's, in a clone. */
  async merge(job: Job): Promise<void> {
    const { clock, ledger, shop, board } = this.stage;
    job.mergedAt = board.head;
    await clock.minutes(MERGE_MINUTES);
    ledger.worked(MERGE_MINUTES);
    ledger.waste('merged_by_hand', MERGE_MINUTES);
    await mergeByHand(shop, job.credential, job.branch);
  }

  /** Whoever came later lets the other go first, then merges before its own pull request. */
  private async settlePredicted(job: Job): Promise<void> {
    const { board, clock } = this.stage;
    const limit = Date.now() + YIELD_MINUTES * clock.minuteMs;
    while (Date.now() < limit && !clock.stopped.aborted) {
      const met = board.room.conflicts.filter(
        ({ state, branches }) => state !== 'resolved' && branches.includes(job.branch),
      );
      if (met.some(({ branches }) => branches.includes(this.main)) && job.mergedAt !== board.head)
        await this.merge(job);
      else if (!met.some((conflict) => this.goesFirst(conflict, job))) return;
      else await board.changed(1_000);
    }
  }

  /** Whether the other side of a conflict is nearer to its end than this one. */
  private goesFirst({ branches }: ConflictView, job: Job): boolean {
    const { board } = this.stage;
    const other = board.room.tasks.find(
      ({ branch }) => branch !== job.branch && branches.includes(branch ?? ''),
    );
    const own = board.task(job.id);
    if (!other || !own || !['claimed', 'in_progress', 'review', 'blocked'].includes(other.status))
      return false;
    return other.pull_request !== null || numberOf(other.key) < numberOf(own.key);
  }

  private get main(): string {
    return this.stage.board.room.room.repository.default_branch;
  }

  /** Pretends to work; time passes, and the agent may die of it. @throws Died */
  private async work(job: Job, minutes: number): Promise<void> {
    const { clock, ledger } = this.stage;
    const spent = Math.min(minutes, this.diesAfter);
    await clock.minutes(spent / this.seat.plan.speed);
    ledger.worked(spent);
    job.uncommitted += spent;
    this.diesAfter -= spent;
    if (this.diesAfter > 0) return;
    this.diesAfter = Infinity;
    throw new Died();
  }

  /** What an earlier claim of the task left on its branch does not have to be done again. */
  private async readHandOver(job: Job): Promise<void> {
    for (const [index, { path }] of job.task.edits.entries()) {
      if (job.fence > 1 && marksIn(await this.read(job, path), job.task.mark) > 0) job.done.add(index);
    }
  }

  private async read(job: Job, path: string): Promise<string> {
    const at = { room_id: this.stage.id, ref: job.branch, path };
    return (await this.session.client.rest.query('repository.blob', at)).content;
  }

  private async commit(job: Job, indices: readonly number[]): Promise<void> {
    const { task } = job;
    const changes: { path: string; content: string }[] = [];
    for (const index of indices) {
      const edit = task.edits[index];
      if (!edit || (job.done.has(index) && job.revision === 0)) continue;
      const before = await this.read(job, edit.path);
      const content = withMark(before, edit.section, task.mark, job.revision);
      if (content !== before) changes.push({ path: edit.path, content });
      else if (job.revision === 0) this.stage.ledger.waste('done_again', task.minutes / task.edits.length);
    }
    if (changes.length > 0) await this.send(job, changes);
    for (const index of indices) job.done.add(index);
    job.uncommitted = 0;
  }

  private async send(job: Job, changes: { path: string; content: string }[]): Promise<void> {
    const message = `${job.task.mark}: change ${changes.map(({ path }) => path).join(', ')}`;
    try {
      const { branch } = job;
      await this.session.client.command('git.commit', { ...this.named(job), branch, message, changes });
    } catch (error) {
      if (!hasReason(error, 'git.nothing_to_commit')) throw error;
    }
  }

  private named(job: Job): { room_id: string; task_id: string; fence: number } {
    return { room_id: this.stage.id, task_id: job.id, fence: job.fence };
  }
}

const numberOf = (key: string): number => Number(key.replace(/^\D+/, ''));
