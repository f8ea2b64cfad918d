import { Bus, type Unsubscribe } from './bus.js';

type Listener = (text: string) => void;

/** The bus of a server that is one process. */
export class InProcessBus extends Bus {
  private readonly listeners = new Map<string, Set<Listener>>();

  override publish(channel: string, text: string): Promise<void> {
    for (const listener of this.listeners.get(channel) ?? []) {
      // A turn of its own: a listener that throws or publishes must not reach into the publisher.
      setImmediate(() => listener(text));
    }
    return Promise.resolve();
  }

  override subscribe(channel: string, listener: Listener): Promise<Unsubscribe> {
    const set = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, set.add(listener));
    return Promise.resolve(() => {
      set.delete(listener);
      if (set.size === 0 && this.listeners.get(channel) === set) this.listeners.delete(channel);
      return Promise.resolve();
    });
  }

  override close(): Promise<void> {
    this.listeners.clear();
    return Promise.resolve();
  }
}
