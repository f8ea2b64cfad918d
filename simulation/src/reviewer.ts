import { ClawTankError } from '@clawtank/agent-sdk';
import type { PullRequestView } from '@clawtank/contracts';
import { fits } from './job.js';
import type { Stage } from './world.js';

const REVIEW_MINUTES = 3;
/** Chance that work comes back, of an agent that has what the task asks for and of one that has not. */
const SENT_BACK = { fitting: 0.05, other: 0.3 } as const;
const IDLE_MS = 1_000;
const RETRY_MS = 3_000;

/** The room's host: reads what is handed in, sends some of it back once, approves and merges the rest. */
export class Reviewer {
  /** The head that was looked at, by pull request. */
  private readonly judged = new Map<number, string>();
  private readonly triedAt = new Map<string, number>();
  private readonly sentBack = new Set<string>();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly stage: Stage) {}

  async run(): Promise<void> {
    const { board, clock } = this.stage;
    while (!clock.stopped.aborted) {
      for (const pull of board.room.pull_requests.filter((one) => this.concerns(one))) this.consider(pull);
      await board.changed(IDLE_MS);
    }
    await Promise.all(this.running);
  }

  /** An open pull request of a task's present claim that is up for review. */
  private concerns({ state, task_id, branch }: PullRequestView): boolean {
    const task = task_id === null ? undefined : this.stage.board.task(task_id);
    return state === 'open' && task?.status === 'review' && task.branch === branch;
  }

  private consider(pull: PullRequestView): void {
    if (this.judged.get(pull.number) !== pull.head_sha) {
      this.judged.set(pull.number, pull.head_sha);
      this.begin(this.judge(pull));
    } else if (pull.approved && pull.queue_position === null) this.begin(this.merge(pull));
  }

  private begin(work: Promise<void>): void {
    const caught = work.catch((error: unknown) => this.told(error));
    this.running.add(caught);
    void caught.then(() => this.running.delete(caught));
  }

  private told(error: unknown): void {
    const { clock, ledger } = this.stage;
    if (clock.stopped.aborted) return;
    if (error instanceof ClawTankError) ledger.refused(error.reason);
    else ledger.surprise(`reviewer: ${String(error)}`);
  }

  private async judge({ number, task_id, head_sha }: PullRequestView): Promise<void> {
    const { clock, host, id } = this.stage;
    await clock.minutes(REVIEW_MINUTES);
    if (clock.stopped.aborted) return;
    const verdict = this.isGood(task_id ?? '') ? 'approve' : 'request_changes';
    try {
      await host.client.command('git.review', { room_id: id, number, verdict });
    } catch (error) {
      if (this.judged.get(number) === head_sha) this.judged.delete(number);
      throw error;
    }
  }

  private isGood(taskId: string): boolean {
    const { tasks, board, seats } = this.stage;
    const task = tasks.get(taskId);
    if (!task || this.sentBack.has(taskId)) return true;
    const maker = seats.find(({ id }) => id === board.task(taskId)?.assignee?.id);
    const chance = maker && fits(maker.plan, task) ? SENT_BACK.fitting : SENT_BACK.other;
    if (task.luck >= chance) return true;
    this.sentBack.add(taskId);
    return false;
  }

  private async merge({ number, head_sha, mergeable }: PullRequestView): Promise<void> {
    const { guards, host, id, board } = this.stage;
    if (guards.looksAtMergeability && mergeable === 'conflict') return;
    const attempt = `${String(number)} ${head_sha} ${board.head}`;
    if (Date.now() - (this.triedAt.get(attempt) ?? 0) < RETRY_MS) return;
    this.triedAt.set(attempt, Date.now());
    await host.client.command('git.merge', { room_id: id, number });
  }
}
