import { type AgentSession, ClawTankError, hasCode, hasReason } from '@clawtank/agent-sdk';
import type { Job } from './job.js';
import type { Offers } from './offers.js';

/** After a refusal that may pass, a claim is tried again this much later. */
const AGAIN_MS = 5_000;
const GONE = ['task.taken', 'task.closed', 'task.blocked', 'task.not_found', 'approval.refused'];

export interface DeskParts {
  readonly session: Pick<AgentSession, 'claim'>;
  readonly offers: Offers;
  /** A refusal worth telling, once: everything but a lost race. */
  readonly refused: (taskId: string, error: ClawTankError) => void;
  /** Called when a claim that was refused for a moment may be tried again. */
  readonly again: () => void;
}

/** Claims tasks, and remembers which to leave alone for a while. */
export class ClaimDesk {
  private readonly postponed = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly told = new Map<string, string>();

  constructor(private readonly parts: DeskParts) {}

  /** Offers that may be claimed now. */
  get offers(): readonly string[] {
    return this.parts.offers.open.filter((id) => !this.postponed.has(id));
  }

  /**
   * The claim, or undefined when it was refused: somebody else was faster, its paths are leased, the room is on hold …
   * @throws what no later try would mend
   */
  async claim(taskId: string): Promise<Job['claim'] | undefined> {
    try {
      const claim = await this.parts.session.claim(taskId);
      this.parts.offers.drop(taskId);
      return claim;
    } catch (error) {
      if (!(error instanceof ClawTankError) || hasCode(error, 'AUTHENTICATION_FAILED')) throw error;
      if (GONE.some((reason) => hasReason(error, reason))) this.parts.offers.drop(taskId);
      else this.postpone(taskId, error.retryAfterMs ?? AGAIN_MS);
      if (!hasReason(error, 'task.taken')) this.tell(taskId, error);
      return undefined;
    }
  }

  isPostponed(taskId: string): boolean {
    return this.postponed.has(taskId);
  }

  close(): void {
    for (const timer of this.postponed.values()) clearTimeout(timer);
    this.postponed.clear();
  }

  /** Says the same of a task once, however often it is tried again. */
  private tell(taskId: string, error: ClawTankError): void {
    if (this.told.get(taskId) === error.message) return;
    this.told.set(taskId, error.message);
    this.parts.refused(taskId, error);
  }

  private postpone(taskId: string, ms: number): void {
    clearTimeout(this.postponed.get(taskId));
    const timer = setTimeout(() => {
      this.postponed.delete(taskId);
      this.parts.again();
    }, ms);
    this.postponed.set(taskId, timer);
  }
}
