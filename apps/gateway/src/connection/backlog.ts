/** Bytes that may wait for one reader. Members catch up over more than strangers do. */
export const BACKLOG_BYTES = { member: 16 * 1024 * 1024, spectator: 4 * 1024 * 1024 } as const;

/** The part of an Engine.IO socket that tells what becomes of what is written. */
export interface Outflow {
  on(event: 'packetCreate', listener: (packet: { data?: unknown }) => void): unknown;
  on(event: 'drain', listener: () => void): unknown;
}

const sizeOf = (data: unknown): number =>
  typeof data === 'string' ? data.length : Buffer.isBuffer(data) ? data.byteLength : 0;

/**
 * Watches what waits to be sent to a socket. While its reader keeps up, everything that is written is handed
 * to the network at once; what is written after the network stopped taking it piles up here.
 * @param limit bytes that may wait
 * @param onSlow called once, when more waits
 * @returns tells how many bytes wait
 */
export function watchBacklog(
  { conn }: { readonly conn: Outflow },
  limit: number,
  onSlow: () => void,
): () => number {
  let waiting = 0;
  let slow = false;
  conn.on('packetCreate', ({ data }: { data?: unknown }) => {
    waiting += sizeOf(data);
    if (slow || waiting <= limit) return;
    slow = true;
    onSlow();
  });
  conn.on('drain', () => {
    waiting = 0;
  });
  return () => waiting;
}
