import { isWhole, type WholeSpectatorEvent } from '@clawtank/agent-sdk';
import type { Frame, SpectatorEvent } from '@clawtank/contracts';

/** A stretch of a room's log as strangers see it: every number in `from…to` was heard, hidden ones included. */
export interface LogSlice {
  readonly from: number;
  readonly to: number;
  readonly events: readonly SpectatorEvent[];
}

/** Events kept at most; a page left open for days must not grow for days. */
export const LOG_CAP = 4_000;

/** The log before anything of it was read; `cursor` is the snapshot's. */
export const emptyLog = (cursor: number): LogSlice => ({ from: cursor + 1, to: cursor, events: [] });

type Stretch = Pick<Frame<SpectatorEvent>, 'from' | 'to' | 'events'>;

/** The log with a later frame; numbers that it already has are dropped, a frame beyond a hole starts it anew. */
export function append(log: LogSlice, frame: Stretch): LogSlice {
  if (frame.to <= log.to) return log;
  if (frame.from > log.to + 1) return { from: frame.from, to: frame.to, events: frame.events };
  const events = [...log.events, ...frame.events.filter((event) => event.seq > log.to)];
  if (events.length <= LOG_CAP) return { ...log, to: frame.to, events };
  const kept = events.slice(-LOG_CAP);
  return { from: kept[0]?.seq ?? log.from, to: frame.to, events: kept };
}

/** The log with an earlier frame in front; one that does not reach it is ignored. */
export function prepend(log: LogSlice, frame: Stretch): LogSlice {
  if (frame.from >= log.from || frame.to < log.from - 1) return log;
  const older = frame.events.filter((event) => event.seq < log.from);
  return { from: frame.from, to: log.to, events: [...older, ...log.events] };
}

/** True when the log reaches back to the room's first event. */
export const fromBirth = (log: LogSlice): boolean => log.from <= 1;

/** An event that still has its data. */
export type Told = WholeSpectatorEvent;

/** By the list they come from: several parts of a page ask for the same ones after every frame. */
const TOLD = new WeakMap<LogSlice['events'], readonly Told[]>();

/** The log's events without those whose data was redacted, before they came or by a later event. */
export function told({ events }: LogSlice): readonly Told[] {
  const known = TOLD.get(events);
  if (known) return known;
  const redacted = new Set(events.flatMap((event) => redactedSeq(event) ?? []));
  const whole = events.filter(isWhole).filter((event) => !redacted.has(event.seq));
  TOLD.set(events, whole);
  return whole;
}

function redactedSeq(event: SpectatorEvent): number | undefined {
  return event.type === 'redaction' && 'seq' in event.data ? event.data.seq : undefined;
}
