import { randomUUID } from 'node:crypto';

export interface PeerHook {
  readonly id: number;
  url: string;
  secret: string;
  events: readonly string[];
  active: boolean;
  /** How GitLab signs; unused by GitHub. */
  signingToken: string | null;
}

export interface PeerDelivery {
  readonly id: number;
  /** The same for every attempt. */
  readonly guid: string;
  readonly hookId: number;
  readonly event: string;
  readonly action: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: Date;
  readonly redelivery: boolean;
  /** 0 while nobody has answered. */
  statusCode: number;
}

/**
 * What becomes of a delivery: sent, sent twice, kept until `release`, failed (and listed as such, so that it can be
 * asked for again), or gone without a trace.
 */
export type Fate = 'send' | 'twice' | 'hold' | 'fail' | 'vanish';

/** A host's webhook deliveries: each is listed, sent as `fate` says, and can be sent again. */
export class PeerDeliveries {
  /** Oldest first. */
  readonly all: PeerDelivery[] = [];
  fate: (delivery: PeerDelivery) => Fate = () => 'send';
  /** Told of each attempt's outcome; GitLab counts failures by it. */
  answered: (delivery: PeerDelivery) => void = () => undefined;
  private held: { readonly delivery: PeerDelivery; readonly hook: PeerHook }[] = [];
  private readonly sending = new Set<Promise<void>>();
  private nextId = 1;

  /** Writes a delivery down and lets its fate take its course. */
  deliver(
    hook: PeerHook,
    event: string,
    action: string | null,
    body: string,
    headersOf: (guid: string) => Readonly<Record<string, string>>,
    guid: string = randomUUID(),
    at = new Date(),
  ): void {
    const delivery = this.record({
      hookId: hook.id,
      event,
      action,
      body,
      guid,
      at,
      headers: headersOf(guid),
      redelivery: false,
    });
    const fate = this.fate(delivery);
    if (fate === 'vanish') this.all.splice(this.all.indexOf(delivery), 1);
    else if (fate === 'fail') {
      delivery.statusCode = 502;
      this.answered(delivery);
    } else if (fate === 'hold') this.held.push({ delivery, hook });
    else {
      this.send(hook, delivery);
      if (fate === 'twice') this.send(hook, delivery);
    }
  }

  /** Sends what was held, in the order that `order` makes of it, each once the one before was answered. */
  async release(
    order: (held: readonly PeerDelivery[]) => readonly PeerDelivery[] = (held) => held,
  ): Promise<void> {
    const { held } = this;
    this.held = [];
    for (const delivery of order(held.map((one) => one.delivery))) {
      const hook = held.find((one) => one.delivery === delivery)?.hook;
      if (hook) await this.post(hook, delivery);
    }
  }

  /** Sends a delivery again under its first guid. @returns the new attempt, or undefined for an unknown one */
  redeliver(hook: PeerHook, id: number): PeerDelivery | undefined {
    const first = this.all.find((delivery) => delivery.id === id);
    if (!first) return undefined;
    const again = this.record({ ...first, at: new Date(), redelivery: true });
    this.send(hook, again);
    return again;
  }

  /** Resolves when nothing is on its way. */
  async settled(): Promise<void> {
    while (this.sending.size > 0) await Promise.all(this.sending);
  }

  private record(delivery: Omit<PeerDelivery, 'id' | 'statusCode'>): PeerDelivery {
    const recorded = { ...delivery, id: this.nextId, statusCode: 0 };
    this.nextId += 1;
    this.all.push(recorded);
    return recorded;
  }

  private send(hook: PeerHook, delivery: PeerDelivery): void {
    const sending = this.post(hook, delivery).finally(() => this.sending.delete(sending));
    this.sending.add(sending);
  }

  private async post(hook: PeerHook, delivery: PeerDelivery): Promise<void> {
    try {
      const { headers, body } = delivery;
      const answer = await fetch(hook.url, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(10_000),
      });
      delivery.statusCode = answer.status;
      await answer.arrayBuffer();
    } catch {
      delivery.statusCode = 502;
    }
    this.answered(delivery);
  }
}
