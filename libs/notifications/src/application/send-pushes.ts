import { Database, type RecurringJob } from '@clawtank/database';
import { Injectable, Logger } from '@nestjs/common';
import { outcomeOf, waitSeconds } from '../domain/push-outcome.js';
import type { PushKeys } from '../domain/push-keys.js';
import { serverPushKeys } from '../persistence/push-keys.js';
import {
  type DuePush,
  dropUselessPushes,
  finishPush,
  forgetSubscription,
  putOffPush,
  takeDuePushes,
} from '../persistence/push-outbox.js';
import { PushCourier } from './push-courier.js';

const AT_ONCE = 10;

/** Sends the pushes that wait, until each is delivered, refused or too old. A crash may send one twice. */
@Injectable()
export class SendPushes {
  private readonly log = new Logger(SendPushes.name);

  constructor(
    private readonly database: Database,
    private readonly courier: PushCourier,
  ) {}

  jobs(): readonly RecurringJob[] {
    return [{ name: 'push.send', everySeconds: 2, run: () => this.run() }];
  }

  async run(): Promise<void> {
    await dropUselessPushes(this.database);
    const keys = await serverPushKeys(this.database);
    for (;;) {
      const due = await takeDuePushes(this.database, AT_ONCE);
      await Promise.all(due.map((push) => this.deliver(push, keys)));
      if (due.length < AT_ONCE) return;
    }
  }

  private async deliver(push: DuePush, keys: PushKeys): Promise<void> {
    const { status, retryAfter } = await this.courier.send(push, keys);
    const outcome = outcomeOf(status);
    if (outcome === 'later') {
      await putOffPush(this.database, push.id, waitSeconds(push.tries, retryAfter));
    } else if (outcome === 'gone') {
      await forgetSubscription(this.database, push.subscription_id);
    } else {
      const sent = status !== null && status < 300;
      if (!sent) this.log.warn(`push ${push.id} was refused: ${String(status)}`);
      await finishPush(this.database, push, sent);
    }
  }
}
