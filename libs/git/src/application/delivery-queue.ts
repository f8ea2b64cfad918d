import { Injectable, Logger } from '@nestjs/common';
import { Database, isDatabaseAway } from '@clawtank/database';
import { Failure } from '@clawtank/kernel';
import { nextTry } from '../domain/retry-plan.js';
import {
  failDelivery,
  settleDelivery,
  takeDeliveries,
  type TakenDelivery,
} from '../persistence/webhook-work.js';

const TOGETHER = 50;
/** Whoever has not come to an end by then has died; another takes it up. */
const HELD_SECONDS = 120;
const HOUR_MS = 3_600_000;

/** A body that no other try will make readable. */
export class Unreadable extends Error {}

/** Does what some deliveries ask for, once for all of them. @returns what was done */
export type Handle = (deliveries: readonly TakenDelivery[]) => Promise<string>;

/** How deliveries get from the inbox to whoever handles them: each until it is done, none in the way of the others. */
@Injectable()
export class DeliveryQueue {
  private readonly log = new Logger(DeliveryQueue.name);

  constructor(private readonly database: Database) {}

  /**
   * Handles what waits until nothing is left whose time has come.
   * @param groupOf deliveries of one group are handled together
   */
  async drain(groupOf: (delivery: TakenDelivery) => Promise<string>, handle: Handle): Promise<void> {
    for (;;) {
      const taken = await takeDeliveries(this.database, { limit: TOGETHER, seconds: HELD_SECONDS });
      if (taken.length === 0) return;
      for (const group of await this.grouped(taken, groupOf)) await this.attend(group, handle);
    }
  }

  private async grouped(
    taken: readonly TakenDelivery[],
    groupOf: (delivery: TakenDelivery) => Promise<string>,
  ): Promise<readonly (readonly TakenDelivery[])[]> {
    const groups = new Map<string, TakenDelivery[]>();
    for (const delivery of taken) {
      try {
        const name = await groupOf(delivery);
        groups.set(name, [...(groups.get(name) ?? []), delivery]);
      } catch (error) {
        await this.fail(delivery, error);
      }
    }
    return [...groups.values()];
  }

  private async attend(group: readonly TakenDelivery[], handle: Handle): Promise<void> {
    try {
      const outcome = await handle(group);
      for (const delivery of group) await settleDelivery(this.database, delivery, outcome);
    } catch (error) {
      // One that always fails must not take the others with it.
      if (group.length > 1) for (const delivery of group) await this.attend([delivery], handle);
      else for (const delivery of group) await this.fail(delivery, error);
    }
  }

  private async fail(delivery: TakenDelivery, error: unknown): Promise<void> {
    const { attempt, receivedAt, provider, event, deliveryId } = delivery;
    const text = error instanceof Error ? error.message : String(error);
    this.log.warn(`${provider} ${event} ${deliveryId}, try ${String(attempt)}: ${text}`);
    const away = isDatabaseAway(error) || (error instanceof Failure && error.code === 'UNAVAILABLE');
    const retryAfterMs = error instanceof Failure ? error.extras.retryAfterMs : undefined;
    const ageHours = (Date.now() - receivedAt.getTime()) / HOUR_MS;
    const seconds = error instanceof Unreadable ? null : nextTry({ attempt, away, retryAfterMs, ageHours });
    await failDelivery(this.database, delivery, { error: text.slice(0, 2_000), seconds });
  }
}
