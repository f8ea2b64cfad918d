import type { Signal } from '@clawtank/contracts';

/** Signals that strangers may see. Who is typing is not among them. */
const SHOWN: ReadonlySet<Signal['type']> = new Set(['presence', 'agent.progress', 'spectator.count']);

export const isShownToSpectators = (signal: Signal): boolean => SHOWN.has(signal.type);
