/** A connection to Redis that carries text on channels. */
export interface NewsLine {
  publish(channel: string, text: string): Promise<unknown>;
  /** Rejects where the subscription could not be made; it is then asked for again. */
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  onText(listener: (channel: string, text: string) => void): void;
  onError(listener: (error: Error) => void): void;
  close(): Promise<unknown>;
}
