import { basename } from 'node:path';
import { type AgentSession, ClawTankError, hasCode, type RestClient } from '@clawtank/agent-sdk';
import type { AgentView, PullRequestView } from '@clawtank/contracts';
import { CliError } from '../usage-error.js';
import { type CommandEnd, runCommand } from './command-run.js';
import { commitMessage, pullRequestText } from './commit-message.js';
import { claimName, type Job, type JobEnd } from './job.js';
import { jobEnv, jobJson, signature } from './job-env.js';
import { forgetCommand, noteCommand } from './leftover.js';
import { JobReport } from './job-report.js';
import type { WorkReason } from './moves.js';
import { jobPrompt } from './prompt.js';
import { Pusher, StalePush } from './pusher.js';
import { whilePeopleDecide } from './while-people-decide.js';
import type { Workspace } from './workspace.js';
import type { Worktree } from './worktree.js';

const HAND_IN_LIMIT_MS = 10 * 60_000;

type Env = Readonly<Record<string, string | undefined>>;

export interface JobParts {
  readonly session: AgentSession;
  readonly rest: RestClient;
  readonly workspace: Workspace;
  readonly agent: AgentView;
  readonly server: string;
  readonly room: Job['room'];
  readonly command: readonly string[];
  readonly env: Env;
  readonly timeoutMs: number;
}

export interface JobOrder {
  readonly reason: WorkReason;
  readonly claim: Job['claim'];
  readonly instruction: string | undefined;
  /** Aborted: the claim was lost, or the agent stops. */
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** Takes one claim from its worktree to its pull request. */
export class TaskJob {
  private readonly over = new AbortController();
  private readonly report: JobReport;
  private readonly pusher: Promise<{ worktree: Worktree; pusher: Pusher }>;

  constructor(
    private readonly parts: JobParts,
    private readonly order: JobOrder,
  ) {
    const { task, fence } = order.claim;
    order.signal.addEventListener('abort', () => this.over.abort(order.signal.reason), { once: true });
    if (order.signal.aborted) this.over.abort(order.signal.reason);
    this.report = new JobReport({
      session: parts.session,
      roomId: parts.room.id,
      claim: { task_id: task.id, fence },
      onStale: () => this.over.abort(new Stale()),
    });
    this.pusher = this.prepare();
    this.pusher.catch(() => {});
  }

  /** @throws when the agent stops, or for what nobody foresaw; the claim is as it was */
  async run(): Promise<JobEnd> {
    try {
      return await this.steps();
    } catch (error) {
      if (isStale(error) || isStale(this.over.signal.reason))
        return { kind: 'lost', note: 'the claim has ended' };
      if (this.over.signal.aborted || !isOfThisTask(error)) throw error;
      return this.giveUp(error.message);
    } finally {
      this.over.abort();
      this.report.stop();
    }
  }

  private async steps(): Promise<JobEnd> {
    const { worktree, pusher } = await this.pusher;
    await this.begin();
    const job = await this.describe(worktree);
    // The default branch may merge in by itself by now.
    const needed = job.reason !== 'conflict' || job.conflictFiles.length > 0;
    const end = needed ? await this.runCommand(job, worktree, pusher) : undefined;
    if (end && (end.how !== 'exited' || end.code !== 0)) return this.failed(end);
    const left = worktree.withMarks(job.conflictFiles);
    if (left.length > 0) return this.giveUp(`conflict marks are left in ${left.join(', ')}`);
    return this.handIn(job, worktree, pusher, end?.lastLines ?? []);
  }

  /** What its worktree and its files are called. */
  private get name(): string {
    return claimName(this.order.claim);
  }

  private async prepare(): Promise<{ worktree: Worktree; pusher: Pusher }> {
    const { claim } = this.order;
    const worktree = await this.parts.workspace.prepare(this.name, claim, this.over.signal);
    return { worktree, pusher: new Pusher(worktree, claim.git_credential) };
  }

  private async begin(): Promise<void> {
    const { task, fence } = this.order.claim;
    const claim = { task_id: task.id, fence };
    if (task.status === 'claimed')
      await whilePeopleDecide(this.over.signal, () => this.parts.session.start(claim));
    this.report.status('thinking', 'reading the task');
  }

  private async describe(worktree: Worktree): Promise<Job> {
    const { rest, room, agent, server } = this.parts;
    const { reason, claim, instruction } = this.order;
    const call = { signal: this.over.signal };
    const context = await rest.query('rooms.context', { room_id: room.id }, call);
    const { task } = await rest.query('tasks.get', { task_id: claim.task.id }, call);
    const pullRequest = await this.pullRequest(task.pull_request);
    const job = { reason, task, claim, agent, server, room, context, instruction, pullRequest };
    return { ...job, conflictFiles: await this.conflictFiles(job, worktree) };
  }

  private async conflictFiles(
    job: Omit<Job, 'conflictFiles'>,
    worktree: Worktree,
  ): Promise<readonly string[]> {
    if (job.reason !== 'conflict') return worktree.unmerged();
    const author = signature(job.agent);
    // What a run that was cut short has left would stand in the way of the merge.
    if (!(await worktree.isMerging()))
      await worktree.commitAll(commitMessage({ ...job, reason: 'task' }), author);
    return worktree.mergeIn(job.room.defaultBranch, author);
  }

  private async pullRequest(number: number | null): Promise<PullRequestView | undefined> {
    if (number === null) return undefined;
    const { rest, room } = this.parts;
    const found = await rest.query(
      'pull_requests.get',
      { room_id: room.id, number },
      { signal: this.over.signal },
    );
    return found.pull_request;
  }

  private async runCommand(job: Job, worktree: Worktree, pusher: Pusher): Promise<CommandEnd> {
    const { parts } = this;
    const jsonFile = parts.workspace.writeJobFile(this.name, jobJson(job));
    const note = parts.workspace.noteFile(this.name);
    const watching = new AbortController();
    // A merge that is begun is pushed when it is done.
    const pushing =
      job.conflictFiles.length > 0
        ? Promise.resolve()
        : pusher.watch(watching.signal, () => this.over.abort(new Stale()));
    // Its arguments may hold what only this machine should know.
    this.report.status('executing', `runs ${basename(parts.command[0] ?? '')}`);
    try {
      const end = await runCommand({
        command: parts.command,
        cwd: worktree.path,
        env: jobEnv(parts.env, job, jsonFile),
        input: jobPrompt(job),
        timeoutMs: parts.timeoutMs,
        signal: this.over.signal,
        onStart: (pid) => noteCommand(note, pid),
        onLine: (line) => {
          this.report.line(line);
          this.order.onLine(line);
        },
      });
      if (end.how === 'stopped') throw this.over.signal.reason;
      // What it used counts, whether or not it got anywhere.
      await this.report.flush();
      return end;
    } finally {
      forgetCommand(note);
      watching.abort();
      await pushing;
    }
  }

  private failed({ how, code, lastLines }: CommandEnd): JobEnd {
    const minutes = Math.round(this.parts.timeoutMs / 60_000);
    const why =
      how === 'timed_out'
        ? `The command was stopped: it took longer than ${minutes} min.`
        : `The command ended with exit code ${code ?? 'none'}.`;
    return this.giveUp([why, ...lastLines.slice(-10)].join('\n'));
  }

  private async handIn(
    job: Job,
    worktree: Worktree,
    pusher: Pusher,
    lastLines: readonly string[],
  ): Promise<JobEnd> {
    this.report.status('committing', 'pushing the work');
    await worktree.commitAll(commitMessage(job), signature(job.agent));
    if (!(await this.hasWorked(job, worktree))) {
      return this.giveUp('The command said that it was done, but changed nothing.');
    }
    await whilePeopleDecide(this.over.signal, () => pusher.push(this.over.signal));
    await this.report.flush();
    const { task, fence } = job.claim;
    const text = pullRequestText(job, lastLines);
    const input = { room_id: job.room.id, task_id: task.id, fence, ...text };
    const limits = { signal: this.over.signal, timeoutMs: HAND_IN_LIMIT_MS };
    // Of a task that has one already, this hands the new commits in.
    const opened = await whilePeopleDecide(this.over.signal, () =>
      this.parts.session.client.command('git.pull_request', input, limits),
    );
    return { kind: 'handed_in', since: opened.seq ?? (await this.roomNow()), pullRequest: opened.number };
  }

  /** The room's latest number: what it said before is about the work that was just handed in. */
  private async roomNow(): Promise<number> {
    const { rest, room } = this.parts;
    return (await rest.query('rooms.get', { room_id: room.id }, { signal: this.over.signal })).cursor;
  }

  /** An exit code of 0 alone proves nothing. */
  private async hasWorked({ pullRequest }: Job, worktree: Worktree): Promise<boolean> {
    if (pullRequest === undefined) return (await worktree.commitsSinceBase()) > 0;
    return (await worktree.head()) !== pullRequest.head_sha;
  }

  /** A blocked task can't be given back: somebody must look at it. */
  private giveUp(note: string): JobEnd {
    return { kind: this.order.claim.task.status === 'blocked' ? 'stuck' : 'released', note };
  }
}

/** The server says that the claim is over. */
class Stale extends Error {}

const isStale = (error: unknown): boolean =>
  error instanceof Stale || error instanceof StalePush || hasCode(error, 'STALE_CLAIM');

/** Failures after which other tasks may still work out. What nobody foresaw ends the run. */
const isOfThisTask = (error: unknown): error is Error =>
  error instanceof CliError || (error instanceof ClawTankError && !hasCode(error, 'AUTHENTICATION_FAILED'));
