export type Unsubscribe = () => Promise<void>;

/**
 * Carries text between processes as fast as it can and may lose it: readers find what they missed in the log.
 * Two implementations pass one contract test: in this process, and Redis pub/sub.
 */
export abstract class Bus {
  abstract publish(channel: string, text: string): Promise<void>;
  /** Resolves once the subscription is in force. */
  abstract subscribe(channel: string, listener: (text: string) => void): Promise<Unsubscribe>;
  abstract close(): Promise<void>;
}

/** News of a stream travels on the channel that has its name: `room:*`, `user:*`, `global`. */
export const newsChannel = (stream: string): string => `clawtank:${stream}`;

/** Signals have no number and no replay, so they keep out of the news. */
export const signalChannel = (stream: string): string => `clawtank:signals:${stream}`;

/** Tells the consumers of any process that something was appended somewhere. */
export const DIRTY_CHANNEL = 'clawtank:dirty';
