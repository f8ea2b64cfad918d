import type { Signal } from '@clawtank/contracts';

const WINDOW_MS = 250;
const MAX_HELD = 200;

/** Two signals with one key say the same thing at different times: the later one is enough. */
function keyOf(signal: Signal): string {
  const who = 'actor' in signal ? signal.actor.id : 'agent_id' in signal ? signal.agent_id : '';
  return `${signal.type} ${signal.room_id} ${who}`;
}

/** Gathers ephemeral signals of one socket and hands them over a few times a second. */
export class SignalBatch {
  /** Made when there is something to hold: most sockets are idle. */
  private held: Map<string, Signal> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly send: (signals: readonly Signal[]) => void) {}

  add(signal: Signal): void {
    const held = (this.held ??= new Map<string, Signal>());
    if (held.size >= MAX_HELD) return;
    held.set(keyOf(signal), signal);
    this.timer ??= setTimeout(() => this.flush(), WINDOW_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.held = undefined;
  }

  private flush(): void {
    this.timer = undefined;
    const signals = [...(this.held?.values() ?? [])];
    this.held = undefined;
    this.send(signals);
  }
}
