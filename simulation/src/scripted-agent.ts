import { AgentSession, ClawTankClient, ClawTankError, hasCode, hasReason } from '@clawtank/agent-sdk';
import type { TaskView } from '@clawtank/contracts';
import { Died, Hands } from './hands.js';
import type { Job } from './job.js';
import { isHeld } from './lease-overlap.js';
import { Random } from '@clawtank/cluster';
import type { Seat, Stage } from './world.js';

const IDLE_MS = 1_000;
/** An agent that was offered nothing for so long asks why. */
const ASK_AFTER_MS = 10_000;
const RETRY_MS = 1_500;
const ABSENT_MS = [18_000, 30_000] as const;

/** An agent that follows its script: it claims, works, hands in, and fails in its own ways. */
export class ScriptedAgent {
  private readonly random: Random;
  private readonly jobs = new Map<string, Job>();
  /** Score by task; what it may try to claim. */
  private readonly offers = new Map<string, number>();
  private readonly notBefore = new Map<string, number>();
  private client!: ClawTankClient;
  private session!: AgentSession;
  private hands!: Hands;
  private idleSince = Date.now();

  constructor(
    private readonly stage: Stage,
    private readonly seat: Seat,
  ) {
    this.random = new Random(seat.plan.seed);
  }

  /** Comes into the room. */
  async enter(): Promise<void> {
    const { capabilities, languages } = this.seat.plan;
    const { shop, id } = this.stage;
    this.client = new ClawTankClient({ server: shop.server, token: this.seat.tokens });
    this.session = new AgentSession(this.client, {
      model: 'scripted',
      capabilities,
      languages,
      maxConcurrentTasks: 1,
    });
    this.hands = new Hands(this.stage, this.seat, this.session);
    await this.session.enter(id);
    void this.listen(this.session);
    this.idleSince = Date.now();
  }

  /** Works until the run is over. */
  async run(): Promise<void> {
    const { clock } = this.stage;
    while (!clock.stopped.aborted) {
      try {
        const busy = (await this.mind()) || (await this.takeOn());
        if (busy) this.idleSince = Date.now();
        else await this.wait();
      } catch (error) {
        if (clock.stopped.aborted) break;
        if (error instanceof Died) await this.beDead();
        else await this.endure(error);
      }
    }
    this.leave();
  }

  private leave(): void {
    this.session.close();
    this.client.close();
  }

  private async listen(session: AgentSession): Promise<void> {
    try {
      for await (const offer of session.offers()) this.offers.set(offer.task_id, offer.score);
    } catch (error) {
      if (!hasReason(error, 'client.closed')) this.stage.ledger.surprise(`offers: ${String(error)}`);
    }
  }

  private async wait(): Promise<void> {
    await this.stage.board.changed(IDLE_MS);
    // Twenty agents that all act on the same event at once are not what happens among real ones.
    await this.stage.clock.ms(this.random.int(0, 100));
    if (!this.stage.guards.followsOffers || Date.now() - this.idleSince < ASK_AFTER_MS) return;
    this.idleSince = Date.now();
    const asked = { room_id: this.stage.id, agent_id: this.seat.id };
    const { tasks } = await this.client.rest.query('room_agents.why', asked);
    for (const { task_id, score, hindrances } of tasks)
      if (hindrances.length === 0) this.offers.set(task_id, score);
  }

  /** Its heartbeats stop; it comes back, tries to go on as if nothing had happened, and may find that over. */
  private async beDead(): Promise<void> {
    const { clock, ledger } = this.stage;
    ledger.fault('died');
    this.leave();
    await clock.ms(this.random.int(...ABSENT_MS));
    this.offers.clear();
    // A server that was busy for longer than its patience takes the returned for gone again; they come once more.
    while (!clock.stopped.aborted && !(await this.entered())) await clock.ms(RETRY_MS);
    if (clock.stopped.aborted) return;
    for (const job of [...this.jobs.values()].filter(({ handedIn }) => !handedIn)) {
      try {
        await this.hands.carryOn(job);
        ledger.fault('died_and_kept_its_claim');
      } catch (error) {
        if (!hasCode(error, 'STALE_CLAIM')) throw error;
        ledger.fault('stale_step_refused');
        this.giveUp(job);
      }
    }
  }

  private async entered(): Promise<boolean> {
    try {
      await this.enter();
      return true;
    } catch (error) {
      if (!(error instanceof ClawTankError)) throw error;
      this.leave();
      this.stage.ledger.refused(error.reason);
      return false;
    }
  }

  private giveUp(job: Job): void {
    this.stage.ledger.waste('thrown_away', job.uncommitted);
    this.session.letGo(job.id);
    this.jobs.delete(job.id);
  }

  /** A refusal ends what it was at; what nobody foresaw is told. */
  private async endure(error: unknown): Promise<void> {
    const { ledger, clock } = this.stage;
    if (error instanceof ClawTankError) {
      ledger.refused(error.reason);
      if (error.code === 'STALE_CLAIM') for (const job of this.stale()) this.giveUp(job);
      else if (!error.isTransient && error.code !== 'CONFLICT')
        ledger.surprise(`${error.reason}: ${error.message}`);
    } else {
      const text = error instanceof Error ? error.message : String(error);
      // A push that lost its claim, or met another one, says so in git's words.
      if (!/STALE|ended|claim|rejected|403/.test(text)) ledger.surprise(text.slice(0, 300));
      ledger.refused('push');
    }
    await clock.ms(RETRY_MS);
  }

  private stale(): Job[] {
    return [...this.jobs.values()].filter((job) => !this.holds(job));
  }

  private holds({ id, fence }: Job): boolean {
    const task = this.stage.board.task(id);
    return task?.assignee?.id === this.seat.id && task.fence === fence;
  }

  /** Looks after what it has handed in, and what stopped half-way. @returns whether there was something to do */
  private async mind(): Promise<boolean> {
    for (const job of [...this.jobs.values()]) {
      const task = this.stage.board.task(job.id);
      if (!task || ['complete', 'cancelled'].includes(task.status)) {
        this.session.letGo(job.id);
        this.jobs.delete(job.id);
      } else if (!this.holds(job) && task.fence !== null && task.fence >= job.fence) this.giveUp(job);
      else if (await this.mindOne(job, task)) return true;
    }
    return false;
  }

  private async mindOne(job: Job, task: TaskView): Promise<boolean> {
    const { board } = this.stage;
    if (task.status === 'blocked' && task.blocked_by?.kind === 'conflict' && job.mergedAt !== board.head) {
      await this.hands.merge(job);
      return true;
    }
    if (task.status !== 'in_progress' && task.status !== 'claimed') return false;
    if (!job.handedIn) {
      await this.hands.carryOn(job);
      return true;
    }
    const pull = board.room.pull_requests.find(
      ({ task_id, state }) => task_id === job.id && state === 'open',
    );
    const verdict = pull?.reviews.at(-1)?.verdict;
    if (verdict === 'request_changes' && pull?.reviews.at(-1)?.sha === pull?.head_sha)
      await this.hands.revise(job);
    else await this.hands.handIn(job);
    return true;
  }

  private async takeOn(): Promise<boolean> {
    for (const task of this.candidates()) {
      const job = await this.claim(task);
      if (!job) continue;
      await this.hands.perform(job);
      return true;
    }
    return false;
  }

  /** What it would claim now, first wish first. */
  private candidates(): TaskView[] {
    const { board, guards, tasks } = this.stage;
    const open = board.room.tasks.filter(
      ({ id, status }) =>
        status === 'open' &&
        tasks.has(id) &&
        (this.notBefore.get(id) ?? 0) <= Date.now() &&
        !this.jobs.has(id),
    );
    if (!guards.followsOffers) return this.random.some(open, 3);
    return open
      .filter((task) => this.offers.has(task.id) && !isHeld(this.wanted(task), board.room.leases))
      .sort((a, b) => (this.offers.get(b.id) ?? 0) - (this.offers.get(a.id) ?? 0))
      .slice(0, 3);
  }

  /** What a claim of the task would lease. */
  private wanted({ id, paths }: TaskView): readonly string[] {
    const edits = this.stage.tasks.get(id)?.edits ?? [];
    return this.seat.plan.namesNoPaths ? paths : edits.map(({ path }) => path);
  }

  private async claim({ id }: TaskView): Promise<Job | undefined> {
    const task = this.stage.tasks.get(id);
    if (!task) return undefined;
    const paths = [...new Set(task.edits.map(({ path }) => path))];
    try {
      const claimed = await this.session.claim(id, this.seat.plan.namesNoPaths ? undefined : paths);
      this.offers.delete(id);
      const { fence, branch, git_credential: credential } = claimed;
      const job: Job = {
        task,
        id,
        fence,
        branch,
        credential,
        done: new Set(),
        handedIn: false,
        revision: 0,
        uncommitted: 0,
        mergedAt: '',
      };
      this.jobs.set(id, job);
      return job;
    } catch (error) {
      if (!(error instanceof ClawTankError) || error.isTransient) throw error;
      this.stage.ledger.refused(error.reason);
      this.notBefore.set(id, Date.now() + RETRY_MS);
      if (error.reason === 'task.taken') this.offers.delete(id);
      return undefined;
    }
  }
}
