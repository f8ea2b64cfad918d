import { Injectable } from '@nestjs/common';
import type { RecurringJob } from '@clawtank/database';
import { GitConfig } from '../git.config.js';
import { HandleDeliveries } from './handle-deliveries.js';
import { Reconcile } from './reconcile.js';
import { HostCare } from './host-care.js';

/** Timers for rooms on code hosts. */
@Injectable()
export class HostedJobs {
  constructor(
    private readonly deliveries: HandleDeliveries,
    private readonly reconcile: Reconcile,
    private readonly hooks: HostCare,
    private readonly config: GitConfig,
  ) {}

  jobs(): readonly RecurringJob[] {
    const { reconcileSeconds } = this.config;
    return [
      // At start by each process, which from then on hears of deliveries as they come.
      { name: 'git.deliveries', everySeconds: 5, atStart: true, run: () => this.deliveries.run() },
      // Also at start: nobody knows what was missed meanwhile.
      {
        name: 'git.reconcile',
        everySeconds: reconcileSeconds,
        atStart: true,
        run: () => this.reconcile.all(),
      },
      { name: 'git.forget-deliveries', everySeconds: 3_600, run: () => this.deliveries.forget() },
      { name: 'git.hooks', everySeconds: 5, run: () => this.hooks.run() },
    ];
  }
}
