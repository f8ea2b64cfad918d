import type { AnyFrame } from './audience.js';
import { WireEvent } from './log/wire-event.js';

/** The JSON of a frame; events that were read as text are not written anew. */
export function frameText({ stream, epoch, from, to, events }: AnyFrame): string {
  const head = JSON.stringify({ stream, epoch, from, to });
  const texts = events.map((event) => (event instanceof WireEvent ? event.wire : JSON.stringify(event)));
  return `${head.slice(0, -1)},"events":[${texts.join(',')}]}`;
}
