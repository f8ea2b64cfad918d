import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { Bus } from '@clawtank/events';
import { Gather } from '@clawtank/kernel';
import { keepDeliveries, type WebhookDelivery } from '../persistence/webhook-inbox.js';

/** Tells whoever handles deliveries, in any process, that one has come. What is missed the timer finds. */
export const DELIVERIES_CHANNEL = 'clawtank:deliveries';

const MOST_TOGETHER = 64;

/** Keeps what hosts tell us. Those that come while others are being written share one statement and one flush. */
@Injectable()
export class WebhookInbox {
  private readonly log = new Logger(WebhookInbox.name);
  private readonly writes: Gather<WebhookDelivery, boolean>;

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {
    this.writes = new Gather((deliveries) => this.write(deliveries), MOST_TOGETHER);
  }

  /** Resolves once the delivery is committed. @returns false when it was kept before */
  keep(delivery: WebhookDelivery): Promise<boolean> {
    return this.writes.get(delivery);
  }

  private async write(deliveries: readonly WebhookDelivery[]): Promise<boolean[]> {
    const kept = await keepDeliveries(this.database, deliveries);
    if (kept.includes(true)) {
      this.bus.publish(DELIVERIES_CHANNEL, '').catch((error: unknown) => this.log.warn(String(error)));
    }
    return kept;
  }
}
