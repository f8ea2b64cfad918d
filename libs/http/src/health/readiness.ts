import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { Bus, type Unsubscribe } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { within } from '../within.js';

const PATIENCE_MS = 2_000;

export type CheckResult = 'ok' | 'failing';

export interface ReadinessReport {
  /** `degraded`: it serves, but something that only makes it faster is away. */
  readonly status: 'ready' | 'degraded' | 'not_ready';
  readonly checks: Readonly<Record<string, CheckResult>>;
}

interface Check {
  readonly name: string;
  readonly needed: boolean;
  readonly run: () => Promise<unknown>;
}

/** Says whether this process can do its work now, by trying. */
@Injectable()
export class Readiness {
  private readonly checks: Check[];

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {
    this.checks = [
      { name: 'database', needed: true, run: () => this.database.query('SELECT 1') },
      { name: 'migrations', needed: true, run: () => this.migrations() },
      // Without the bus, readers find in the log what they did not hear.
      { name: 'bus', needed: false, run: () => this.roundTrip() },
    ];
  }

  /** Adds a check of the app's own, without which it can't serve. */
  require(name: string, run: () => Promise<unknown>): void {
    this.checks.push({ name, needed: true, run });
  }

  async report(): Promise<ReadinessReport> {
    const results = await Promise.all(
      this.checks.map(async (check) => ({ check, ok: await succeeds(check.run) })),
    );
    const failing = results.filter(({ ok }) => !ok).map(({ check }) => check);
    const checks = Object.fromEntries(
      results.map(({ check, ok }): [string, CheckResult] => [check.name, ok ? 'ok' : 'failing']),
    );
    if (failing.length === 0) return { status: 'ready', checks };
    return { status: failing.some(({ needed }) => needed) ? 'not_ready' : 'degraded', checks };
  }

  private async migrations(): Promise<void> {
    if (!(await this.database.isMigrated())) throw new Error('migrations are outstanding');
  }

  private async roundTrip(): Promise<void> {
    const channel = `clawtank:ready:${newId()}`;
    let unsubscribe: Unsubscribe | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.bus
          .subscribe(channel, () => resolve())
          .then((stop) => {
            unsubscribe = stop;
            return this.bus.publish(channel, '');
          })
          .catch(reject);
      });
    } finally {
      await unsubscribe?.();
    }
  }
}

const succeeds = async (run: () => Promise<unknown>): Promise<boolean> =>
  (await within(PATIENCE_MS, () => run().then(() => true))) ?? false;
