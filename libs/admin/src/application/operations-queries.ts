import { performance } from 'node:perf_hooks';
import {
  decodeCursor,
  pageSize,
  type Query,
  type QueryContext,
  QueryHandler,
  toPage,
} from '@clawtank/commands';
import type {
  DeliveryDetail,
  DeliveryView,
  HealthView,
  JobView,
  Page,
  StuckConsumerView,
} from '@clawtank/contracts';
import { countJobRuns, type JobRun, listJobRuns } from '@clawtank/database';
import { fail } from '../domain/failures.js';
import { findDelivery, listDeliveries } from '../persistence/deliveries.js';
import { readHealth } from '../persistence/health.js';
import { listStuckConsumers } from '../persistence/stuck-consumers.js';
import { DeliveriesQuery, DeliveryQuery, JobsQuery, NoInput, PageQuery } from './inputs.js';
import { belowTime } from './places.js';

@QueryHandler('admin.deliveries', DeliveriesQuery)
export class ListDeliveries implements Query<'admin.deliveries'> {
  async run({ tx }: QueryContext, input: DeliveriesQuery): Promise<Page<DeliveryView>> {
    const limit = pageSize(input);
    const filter = { state: input.state ?? null, after: belowTime(input.cursor) };
    return toPage(
      await listDeliveries(tx, filter, limit),
      limit,
      (row) => row.view,
      (row) => row.place,
    );
  }
}

@QueryHandler('admin.delivery', DeliveryQuery)
export class GetDelivery implements Query<'admin.delivery'> {
  async run({ tx }: QueryContext, input: DeliveryQuery): Promise<{ delivery: DeliveryDetail }> {
    const delivery = await findDelivery(tx, input.delivery_id);
    if (!delivery) throw fail('delivery.not_found', {});
    return { delivery };
  }
}

const jobView = ({ id, name, state, created_at, started_at, completed_at, error }: JobRun): JobView => ({
  id,
  name,
  state,
  created_at: created_at.toISOString(),
  started_at: started_at?.toISOString() ?? null,
  completed_at: completed_at?.toISOString() ?? null,
  error,
});

@QueryHandler('admin.jobs', JobsQuery)
export class ListJobs implements Query<'admin.jobs'> {
  async run({ tx }: QueryContext, input: JobsQuery): Promise<Page<JobView>> {
    const limit = pageSize(input);
    const filter = { state: input.state ?? null, after: belowTime(input.cursor) };
    const runs = await listJobRuns(tx, filter, limit);
    return toPage(runs, limit, jobView, ({ place, id }) => [place, id]);
  }
}

@QueryHandler('admin.dead_letters', PageQuery)
export class ListDeadLetters implements Query<'admin.dead_letters'> {
  async run({ tx }: QueryContext, input: PageQuery): Promise<Page<StuckConsumerView>> {
    const limit = pageSize(input);
    const [consumer, stream] = input.cursor ? decodeCursor(input.cursor, 2) : [];
    const after = consumer === undefined ? null : ([String(consumer), String(stream)] as const);
    return toPage(
      await listStuckConsumers(tx, after, limit),
      limit,
      (row) => row,
      (row) => [row.consumer, row.stream],
    );
  }
}

/** How the server is doing, as the node that was asked sees it. */
@QueryHandler('admin.health', NoInput)
export class GetHealth implements Query<'admin.health'> {
  async run({ tx }: QueryContext): Promise<HealthView> {
    const begun = performance.now();
    await tx.query('SELECT 1');
    const latency_ms = Math.round((performance.now() - begun) * 10) / 10;
    const { database, ...health } = await readHealth(tx);
    const { version: node } = process;
    return {
      ...health,
      database: { ...database, latency_ms },
      jobs: await countJobRuns(tx),
      server: {
        node,
        uptime_seconds: Math.round(process.uptime()),
        memory_bytes: process.memoryUsage.rss(),
      },
    };
  }
}
