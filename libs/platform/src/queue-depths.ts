import { Injectable, type OnModuleInit, Optional } from '@nestjs/common';
import { countJobRuns, Database } from '@clawtank/database';
import { countDirtyStreams } from '@clawtank/events';
import { countWaitingDeliveries } from '@clawtank/git';
import { Metrics } from '@clawtank/http';

/** Shows how much waits in the queues that PostgreSQL keeps for all processes together. */
@Injectable()
export class QueueDepths implements OnModuleInit {
  constructor(
    private readonly database: Database,
    /** Absent where nothing answers HTTP. */
    @Optional() private readonly metrics?: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics?.watch({
      name: 'clawtank_queue_depth',
      help: 'What waits in the database, for all processes together: streams for consumers, webhooks, jobs, failed jobs.',
      label: 'queue',
      read: () => this.read(),
    });
  }

  private read(): Promise<Record<string, number>> {
    return this.database.transaction(async (tx) => {
      const jobs = await countJobRuns(tx);
      return {
        consumers: await countDirtyStreams(tx),
        webhooks: await countWaitingDeliveries(tx),
        jobs: jobs.waiting,
        failed_jobs: jobs.failed,
      };
    });
  }
}
