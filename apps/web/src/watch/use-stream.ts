'use client';

import { foldSpectator, hasCode, Spectator } from '@clawtank/agent-sdk';
import type { Signal } from '@clawtank/contracts';
import { useEffect, useState } from 'react';
import { readStory } from '../api/story';
import { beginStory, goOn, type RoomStory } from '../story/room-story';
import { usePast } from '../ui/use-past';

/** How the page hangs on the room: not yet, live, on its way back, refused for now, or told that there is no such room. */
export type Link = 'joining' | 'live' | 'lost' | 'full' | 'gone';

export interface Stream {
  readonly story: RoomStory;
  readonly viewers: number;
  readonly link: Link;
}

interface Live extends RoomStory {
  readonly viewers: number;
}

const FULL_RETRY_MS = 15_000;

/** A room from the story that the server sent, going on live. */
export function useStream(first: RoomStory): Stream {
  const [live, setLive] = useState<Live>({ ...first, viewers: first.snapshot.room.spectators });
  const [link, setLink] = useState<Link>('joining');
  usePast(live, setLive);

  useEffect(() => {
    const ending = new AbortController();
    const spectator = new Spectator({ server: location.origin });
    const stopSignals = spectator.signals((signals) => {
      const count = signals.findLast(isCount)?.count;
      if (count !== undefined) setLive((present) => ({ ...present, viewers: count }));
    });
    const stopStates = spectator.states((state) => {
      if (state === 'open') setLink('live');
      if (state === 'waiting') setLink((before) => (before === 'live' ? 'lost' : before));
    });
    void follow(spectator, first, ending.signal, setLive, setLink);
    return () => {
      ending.abort();
      stopSignals();
      stopStates();
      spectator.close();
    };
  }, [first]);

  return { story: live, viewers: live.viewers, link };
}

type Count = Extract<Signal, { type: 'spectator.count' }>;
const isCount = (signal: Signal): signal is Count => signal.type === 'spectator.count';

type Change<T> = (change: T | ((present: T) => T)) => void;

/** Watches until the page is left; a full room is asked again, a room that is gone is not. */
async function follow(
  spectator: Spectator,
  first: RoomStory,
  signal: AbortSignal,
  setLive: Change<Live>,
  setLink: Change<Link>,
): Promise<void> {
  const { room, epoch } = first.snapshot;
  while (!signal.aborted) {
    try {
      const after = { epoch, seq: first.log.to };
      const stream = await spectator.watch(room.slug, { after, signal });
      setLive((present) => ({ ...present, viewers: stream.snapshot.room.spectators }));
      setLink('live');
      for await (const update of stream.updates()) {
        if (update.kind === 'frame')
          setLive((present) => ({ ...present, ...goOn(present, update.frame, foldSpectator) }));
        else {
          const anew = await readStory('', room.slug, signal).catch(() => beginStory(update.snapshot, null));
          setLive((present) => ({ ...present, ...anew }));
        }
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (!hasCode(error, 'ROOM_FULL')) return setLink(hasCode(error, 'NOT_FOUND') ? 'gone' : 'lost');
      setLink('full');
      await new Promise((resolve) => setTimeout(resolve, FULL_RETRY_MS));
    }
  }
}
