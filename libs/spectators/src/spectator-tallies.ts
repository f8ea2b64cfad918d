import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Bus, type Unsubscribe } from '@clawtank/events';
import { newId } from '@clawtank/kernel';

const CHANNEL = 'clawtank:spectators';
/** Counts settle for this long before they are told. */
const SETTLE_MS = 250;
/** Every process says its counts again, so that one which died is forgotten. */
const REPEAT_MS = 30_000;
const FORGET_MS = 90_000;

/** Counts of one process by key, or the question of one that has just started. */
type Report =
  | { readonly node: string; readonly counts: Readonly<Record<string, number>> }
  | { readonly ask: string };

/**
 * Counts of spectators that every process keeps and tells the others, in Redis' news or, where there is one process,
 * to itself. Without Redis each process knows only its own.
 */
@Injectable()
export class SpectatorTallies implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly node = newId();
  private readonly own = new Map<string, number>();
  private readonly elsewhere = new Map<string, Map<string, { count: number; at: number }>>();
  private readonly changed = new Set<string>();
  private readonly listeners = new Set<(keys: readonly string[]) => void>();
  private timer: NodeJS.Timeout | undefined;
  private settling: NodeJS.Timeout | undefined;
  private unsubscribe: Unsubscribe | undefined;

  constructor(private readonly bus: Bus) {}

  async onApplicationBootstrap(): Promise<void> {
    this.timer = setInterval(() => this.repeat(), REPEAT_MS);
    this.unsubscribe = await this.bus.subscribe(CHANNEL, (text) => this.hear(JSON.parse(text) as Report));
    this.publish({ ask: this.node });
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    clearTimeout(this.settling);
    await this.unsubscribe?.();
    // Whoever watched here is gone at once, not when this process is forgotten.
    this.publish({
      node: this.node,
      counts: Object.fromEntries([...this.own.keys()].map((key) => [key, 0])),
    });
  }

  /** Called with the keys whose own counts have changed and settled. */
  onChange(listener: (keys: readonly string[]) => void): void {
    this.listeners.add(listener);
  }

  add(key: string, by: 1 | -1): void {
    const count = (this.own.get(key) ?? 0) + by;
    if (count > 0) this.own.set(key, count);
    else this.own.delete(key);
    this.changed.add(key);
    this.settling ??= setTimeout(() => this.settle(), SETTLE_MS);
  }

  /** The count in all processes, as far as this one has heard. */
  total(key: string): number {
    let sum = this.own.get(key) ?? 0;
    const now = Date.now();
    for (const { count, at } of this.elsewhere.get(key)?.values() ?? []) {
      if (now - at < FORGET_MS) sum += count;
    }
    return sum;
  }

  private settle(): void {
    this.settling = undefined;
    const keys = [...this.changed];
    this.changed.clear();
    this.tell(keys);
    for (const listener of this.listeners) listener(keys);
  }

  private repeat(): void {
    if (this.own.size > 0) this.tell([...this.own.keys()]);
    for (const [key, nodes] of this.elsewhere) {
      for (const [node, { at }] of nodes) if (Date.now() - at >= FORGET_MS) nodes.delete(node);
      if (nodes.size === 0) this.elsewhere.delete(key);
    }
  }

  private tell(keys: readonly string[]): void {
    const counts = Object.fromEntries(keys.map((key) => [key, this.own.get(key) ?? 0]));
    this.publish({ node: this.node, counts });
  }

  private publish(report: Report): void {
    this.bus.publish(CHANNEL, JSON.stringify(report)).catch(() => undefined);
  }

  private hear(report: Report): void {
    if ('ask' in report) {
      if (report.ask !== this.node && this.own.size > 0) this.tell([...this.own.keys()]);
      return;
    }
    const { node, counts } = report;
    if (node === this.node) return;
    const at = Date.now();
    for (const [key, count] of Object.entries(counts)) this.note(key, node, count, at);
  }

  private note(key: string, node: string, count: number, at: number): void {
    const nodes = this.elsewhere.get(key) ?? new Map<string, { count: number; at: number }>();
    if (count > 0) nodes.set(node, { count, at });
    else nodes.delete(node);
    if (nodes.size > 0) this.elsewhere.set(key, nodes);
    else this.elsewhere.delete(key);
  }
}

/** The key under which those who watch a room are counted. */
export const watchersOf = (roomId: string): string => `room:${roomId}`;
