import { Injectable } from '@nestjs/common';
import type { RecurringJob } from '@clawtank/database';
import { GitSweep } from './git-sweep.js';
import { HostedJobs } from './hosted-jobs.js';
import { KeepRepositories } from './keep-repositories.js';

/** Timers of git; started by the processes that run jobs. */
@Injectable()
export class GitJobs {
  constructor(
    private readonly sweep: GitSweep,
    private readonly repositories: KeepRepositories,
    private readonly hosted: HostedJobs,
  ) {}

  jobs(): readonly RecurringJob[] {
    return [
      ...this.hosted.jobs(),
      { name: 'git.sweep', everySeconds: 5, run: () => this.sweep.run() },
      // Also at start: refs may have moved while nobody recorded it.
      { name: 'git.compare', everySeconds: 600, atStart: true, run: () => this.repositories.compareAll() },
    ];
  }
}
