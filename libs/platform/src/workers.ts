import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Jobs } from '@clawtank/database';
import { ConsumerRunner, EventConsumer } from '@clawtank/events';
import { JobSources } from './job-sources.js';
import { WorkersConfig } from './workers.config.js';

/** Starts consumers and recurring jobs in the processes that are told to run them. */
@Injectable()
export class Workers implements OnApplicationBootstrap {
  constructor(
    private readonly config: WorkersConfig,
    private readonly discovery: DiscoveryService,
    private readonly runner: ConsumerRunner,
    private readonly jobs: Jobs,
    private readonly sources: JobSources,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.enabled) return;
    await this.runner.start(this.consumers());
    await this.jobs.start(this.sources.all());
  }

  /** Every consumer that any lib provides. */
  consumers(): readonly EventConsumer[] {
    const instances: unknown[] = this.discovery
      .getProviders()
      .map((provider) => provider.instance as unknown);
    return [...new Set(instances.filter((instance) => instance instanceof EventConsumer))];
  }
}
