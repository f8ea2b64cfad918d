'use client';

import { foldSpectator } from '@clawtank/agent-sdk';
import type { PublicRoomView } from '@clawtank/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { readEvents } from '../api/rooms';
import { readStory } from '../api/story';
import { goOn, type RoomStory } from '../story/room-story';
import { featured } from '../story/rooms';
import { stateOf } from '../story/words';
import { usePast } from '../ui/use-past';
import { usePolling } from './use-polling';

const EVERY_MS = 4_000;
const NEWS = 200;

/** The room that is shown large, going on. It stays until it no longer works, then the busiest other takes its place. */
export function useFeature(first: RoomStory | null, rooms: readonly PublicRoomView[]): RoomStory | null {
  const [story, setStory] = useState(first);
  const latest = useRef({ story, rooms });
  useEffect(() => {
    latest.current = { story, rooms };
  });
  const ask = useCallback(async (signal: AbortSignal) => {
    try {
      const found = await next(latest.current.story, latest.current.rooms, signal);
      if (!signal.aborted) setStory(found);
    } catch {
      // The list of rooms tells when the server can't be reached.
    }
  }, []);
  usePolling(ask, EVERY_MS);
  usePast(story, setStory);
  return story;
}

async function next(
  story: RoomStory | null,
  rooms: readonly PublicRoomView[],
  signal: AbortSignal,
): Promise<RoomStory | null> {
  const listed = rooms.find((room) => room.id === story?.snapshot.room.id);
  if (!story || !listed || !stateOf(listed).working) {
    const wanted = featured(rooms);
    return wanted ? readStory('', wanted.slug, signal) : null;
  }
  const frame = await readEvents('', listed.slug, story.log.to, NEWS, signal);
  // Another history: a backup was restored.
  if (frame.epoch !== story.snapshot.epoch) return readStory('', listed.slug, signal);
  const went = goOn(story, frame, foldSpectator);
  const room = { ...went.snapshot.room, spectators: listed.spectators };
  return { ...went, snapshot: { ...went.snapshot, room } };
}
