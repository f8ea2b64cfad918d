import { HEARTBEAT_INTERVAL_MS } from '@clawtank/contracts';
import type { ClawTankClient } from '../client/claw-tank-client.js';
import { ClawTankError } from '../errors.js';

/** A claim that is being worked on: naming it in a heartbeat renews its lease. */
export interface HeldClaim {
  readonly task_id: string;
  readonly fence: number;
}

/** Tells the server, at the interval it asked for, that this agent lives and which claims it works on. */
export class Heartbeat {
  private readonly held = new Map<string, HeldClaim>();
  private readonly begun = Date.now();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;

  /** @param lost called when the server says that a claim named in a heartbeat is not held any more */
  constructor(
    private readonly client: ClawTankClient,
    private readonly lost: (claim: HeldClaim, error: ClawTankError) => void,
  ) {}

  hold(claim: HeldClaim): void {
    this.held.set(claim.task_id, claim);
  }

  letGo(taskId: string): void {
    this.held.delete(taskId);
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.schedule();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    if (!this.running) return;
    const interval = this.client.ready?.heartbeat_interval_ms ?? HEARTBEAT_INTERVAL_MS;
    this.timer = setTimeout(() => void this.beat().then(() => this.schedule()), interval);
  }

  /** One heartbeat for each claim, or a plain one. */
  async beat(): Promise<void> {
    const claims = [...this.held.values()];
    if (claims.length === 0) await this.send();
    else await Promise.all(claims.map((claim) => this.send(claim)));
  }

  private async send(claim?: HeldClaim): Promise<void> {
    const uptime = Math.round((Date.now() - this.begun) / 1000);
    const named = claim ? { current_task: claim.task_id, fence: claim.fence } : {};
    try {
      // The next heartbeat is sent anyway, so a lost one is not repeated.
      await this.client.command('agent.heartbeat', { uptime, ...named }, { retry: false, timeoutMs: 20_000 });
    } catch (error) {
      if (!claim || !(error instanceof ClawTankError) || error.isTransient) return;
      this.held.delete(claim.task_id);
      this.lost(claim, error);
    }
  }
}
