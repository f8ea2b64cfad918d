'use client';

import { type Dispatch, type SetStateAction, useEffect, useRef } from 'react';
import { readPast } from '../api/story';
import { lookBack, type RoomStory } from '../story/room-story';

const HOUR_MS = 3_600_000;

/** Fills a story's log back to an hour ago, once per room: a page is sent with only the tail. */
export function usePast<S extends RoomStory | null>(story: S, setStory: Dispatch<SetStateAction<S>>): void {
  const room = story?.snapshot.room.id;
  const latest = useRef(story);
  useEffect(() => {
    latest.current = story;
  });
  useEffect(() => {
    const begun = latest.current;
    if (room === undefined || !begun) return;
    const ending = new AbortController();
    const read = async (): Promise<void> => {
      const since = Date.now() - HOUR_MS;
      for await (const frame of readPast(begun.snapshot.room.slug, begun.log, since, ending.signal)) {
        setStory((present) =>
          present?.snapshot.room.id === room ? { ...present, ...lookBack(present, frame) } : present,
        );
      }
    };
    // Lanes that begin later than they could are no reason to trouble anybody.
    read().catch(() => undefined);
    return () => ending.abort();
  }, [room, setStory]);
}
