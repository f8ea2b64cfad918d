'use client';

import type { ConnectionView } from '@clawtank/contracts';
import { useQuery } from '@tanstack/react-query';
import { useClient } from '../session/use-session';
import { useRoom } from './room-context';

const AGAIN_MS = 30_000;

/** How the room is connected to its code host; null on the built-in one, and until it is known. No event tells of it. */
export function useConnection(): ConnectionView | null {
  const client = useClient();
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const hosted = useRoom((snapshot) => snapshot.room.repository.host !== 'local');
  const { data } = useQuery({
    queryKey: ['repository.connection', room_id],
    queryFn: ({ signal }) => client.rest.query('repository.connection', { room_id }, { signal }),
    enabled: hosted,
    refetchInterval: AGAIN_MS,
  });
  return data?.connection ?? null;
}
