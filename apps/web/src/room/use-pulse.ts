'use client';

import { useMemo } from 'react';
import { type LogSlice, told } from '../story/log';
import { useNow } from '../time/now';

const BAR_MS = 10_000;
const BARS = 44;

export interface Beats {
  readonly counts: readonly number[];
  /** What a bar stands out with: something was merged, or met. */
  readonly marks: ReadonlyMap<number, 'merge' | 'conflict'>;
}

/** Events per ten seconds over the last minutes, from the log at hand. */
export function beatsOf(log: LogSlice, now: number): Beats {
  const counts = Array.from({ length: BARS }, () => 0);
  const marks = new Map<number, 'merge' | 'conflict'>();
  const end = Math.floor(now / BAR_MS);
  const events = told(log);
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const event = events[index];
    if (!event) continue;
    const bar = BARS - 1 - (end - Math.floor(Date.parse(event.at) / BAR_MS));
    // What is older has no bar any more.
    if (bar < 0) break;
    if (bar >= BARS) continue;
    counts[bar] = (counts[bar] ?? 0) + 1;
    if (event.type === 'git.pull_request' && event.data.action === 'merged') marks.set(bar, 'merge');
    if (event.type === 'git.conflict' && event.data.state !== 'resolved') marks.set(bar, 'conflict');
  }
  return { counts, marks };
}

export function useBeats(log: LogSlice): Beats {
  const now = Math.floor(useNow(0) / BAR_MS) * BAR_MS;
  return useMemo(() => beatsOf(log, now), [log, now]);
}
