import { type CommandContext, CommandHandler } from '@clawtank/commands';
import type { AdminConsumerInput, AdminDeliveryInput, AdminJobInput } from '@clawtank/contracts';
import { retryJobRun } from '@clawtank/database';
import { fail } from '../domain/failures.js';
import { redeliver } from '../persistence/deliveries.js';
import { retryConsumer } from '../persistence/stuck-consumers.js';
import { AdminAction, type Done } from './admin-action.js';
import { AdminConsumerBody, AdminDeliveryBody, AdminJobBody } from './inputs.js';

@CommandHandler('admin.redeliver', AdminDeliveryBody)
export class Redeliver extends AdminAction<'admin.redeliver'> {
  readonly action = 'admin.redeliver';

  protected async act(
    { tx }: CommandContext,
    { delivery_id }: AdminDeliveryInput,
  ): Promise<Done<'admin.redeliver'>> {
    const delivery = await redeliver(tx, delivery_id);
    if (!delivery) throw fail('delivery.not_found', {});
    const { provider, event } = delivery;
    return {
      reply: { delivery_id },
      target: { kind: 'delivery', id: delivery_id },
      details: { provider, event, host_id: delivery.delivery_id },
    };
  }
}

@CommandHandler('admin.retry_job', AdminJobBody)
export class RetryJob extends AdminAction<'admin.retry_job'> {
  readonly action = 'admin.retry_job';

  protected async act({ tx }: CommandContext, { job_id }: AdminJobInput): Promise<Done<'admin.retry_job'>> {
    const name = await retryJobRun(tx, job_id);
    if (name === undefined) throw fail('job.not_found', {});
    return { reply: { job_id }, target: { kind: 'job', id: job_id }, details: { name } };
  }
}

@CommandHandler('admin.retry_consumer', AdminConsumerBody)
export class RetryConsumer extends AdminAction<'admin.retry_consumer'> {
  readonly action = 'admin.retry_consumer';

  protected async act(
    { tx }: CommandContext,
    { consumer, stream }: AdminConsumerInput,
  ): Promise<Done<'admin.retry_consumer'>> {
    if (!(await retryConsumer(tx, consumer, stream))) throw fail('consumer.not_stuck', {});
    const target = { kind: 'consumer', id: `${consumer} ${stream}` };
    return { reply: { consumer, stream }, target };
  }
}
