import { Logger } from '@nestjs/common';
import { redisAddress } from '@clawtank/config';
import { Bus, type Unsubscribe } from './bus.js';
import type { NewsLine } from './news-line.js';
import { ShardedLine } from './sharded-line.js';
import { SingleLine } from './single-line.js';

type Listener = (text: string) => void;

/** Nobody waits longer for a Redis that is away: the subscription comes into force with its return. */
const PATIENCE_MS = 1_000;

/** Redis pub/sub, of one Redis or sharded over a cluster; a channel is subscribed once per process. */
export class RedisBus extends Bus {
  private readonly log = new Logger(RedisBus.name);
  private readonly line: NewsLine;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly asked = new Map<string, Promise<unknown>>();
  private readonly again = new Set<NodeJS.Timeout>();

  /** @param isCluster where a single address is a node of a Redis Cluster; several are always one */
  constructor(url: string, isCluster = false) {
    super();
    const address = redisAddress(url, isCluster);
    this.line = address.isCluster ? new ShardedLine(address) : new SingleLine(url);
    this.line.onError((error) => this.log.warn(`redis: ${error.message}`));
    this.line.onText((channel, text) => {
      for (const listener of this.listeners.get(channel) ?? []) listener(text);
    });
  }

  override async publish(channel: string, text: string): Promise<void> {
    await this.line.publish(channel, text);
  }

  override async subscribe(channel: string, listener: Listener): Promise<Unsubscribe> {
    const known = this.listeners.get(channel);
    const set = known ?? new Set<Listener>();
    this.listeners.set(channel, set.add(listener));
    if (!known) this.ask(channel, set);
    await this.patiently(this.asked.get(channel));
    return () => this.unsubscribe(channel, listener);
  }

  override async close(): Promise<void> {
    this.listeners.clear();
    for (const timer of this.again) clearTimeout(timer);
    await this.line.close();
  }

  private ask(channel: string, set: ReadonlySet<Listener>): void {
    const asked = this.line.subscribe(channel).catch((error: unknown) => {
      this.log.warn(`no subscription to ${channel}: ${String(error)}`);
      const timer = setTimeout(() => {
        this.again.delete(timer);
        if (this.listeners.get(channel) === set) this.ask(channel, set);
      }, PATIENCE_MS);
      this.again.add(timer);
    });
    this.asked.set(channel, asked);
  }

  private async patiently(asked: Promise<unknown> | undefined): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await Promise.race([asked, late]);
    clearTimeout(timer);
  }

  private async unsubscribe(channel: string, listener: Listener): Promise<void> {
    const set = this.listeners.get(channel);
    set?.delete(listener);
    if (set?.size !== 0) return;
    this.listeners.delete(channel);
    this.asked.delete(channel);
    await this.line.unsubscribe(channel);
  }
}
