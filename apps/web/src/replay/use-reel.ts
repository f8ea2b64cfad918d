'use client';

import type { Frame, SpectatorEvent, SpectatorSnapshot } from '@clawtank/contracts';
import { useEffect, useState } from 'react';
import { readEvents } from '../api/rooms';
import { before, Reel } from './reel';

const PAGE = 1_000;

export interface Loading {
  readonly reel: Reel | null;
  /** Of the log that is to be read, 0 to 1. */
  readonly read: number;
  readonly failed: boolean;
}

/** A stretch of a room's log as it is told to this reader. */
export type ReadFrames = (
  room: string,
  after: number,
  limit: number,
  signal: AbortSignal,
) => Promise<Frame<SpectatorEvent>>;

const readOpenly: ReadFrames = (room, after, limit, signal) => readEvents('', room, after, limit, signal);

/**
 * Reads a room's whole log once, page by page, from its first event to where it stood when the page was asked for.
 * @param readFrames left out for a log that is open to everybody. Not a default parameter: a minifier may write that
 *   function into the parameter list, where every call makes another one, and each of them would read the log again
 */
export function useReel(now: SpectatorSnapshot, readFrames?: ReadFrames): Loading {
  const [loading, setLoading] = useState<Loading>({ reel: null, read: 0, failed: false });
  useEffect(() => {
    const read = readFrames ?? readOpenly;
    const ending = new AbortController();
    const load = async (): Promise<void> => {
      const events: SpectatorEvent[] = [];
      for (let after = 0; after < now.cursor; ) {
        const frame = await read(now.room.slug, after, PAGE, ending.signal);
        events.push(...frame.events.filter(({ seq }) => seq <= now.cursor));
        if (frame.to <= after) break;
        after = frame.to;
        setLoading({ reel: null, read: Math.min(1, after / now.cursor), failed: false });
      }
      setLoading({ reel: new Reel(before(now), events), read: 1, failed: false });
    };
    load().catch(() => {
      if (!ending.signal.aborted) setLoading({ reel: null, read: 0, failed: true });
    });
    return () => ending.abort();
  }, [now, readFrames]);
  return loading;
}
