'use client';

import type { Page, PublicRoomView } from '@clawtank/contracts';
import { useCallback, useState } from 'react';
import { readRooms } from '../api/rooms';
import { usePolling } from './use-polling';

const EVERY_MS = 5_000;

export interface Rooms {
  readonly page: Page<PublicRoomView>;
  /** The last question got its answer. */
  readonly fresh: boolean;
}

/** The public rooms, asked for again while the page is looked at. */
export function useRooms(first: Page<PublicRoomView> | null): Rooms {
  const [rooms, setRooms] = useState<Rooms>({
    page: first ?? { items: [], next_cursor: null },
    fresh: first !== null,
  });
  const ask = useCallback(async (signal: AbortSignal) => {
    try {
      const page = await readRooms('', signal);
      setRooms({ page, fresh: true });
    } catch {
      if (!signal.aborted) setRooms((before) => ({ ...before, fresh: false }));
    }
  }, []);
  usePolling(ask, EVERY_MS);
  return rooms;
}
