'use client';

import type { PublicRoomView } from '@clawtank/contracts';
import { useAlive } from '../time/now';
import { fromTo } from './from-to';

/** From when to when the replay goes, by the reader's clock. */
export function When({
  room,
}: {
  room: Pick<PublicRoomView, 'created_at' | 'last_event_at' | 'completed_at'>;
}) {
  const alive = useAlive();
  const end = room.completed_at ?? room.last_event_at;
  // The server does not know the reader's time zone.
  if (!alive) return null;
  return (
    <span className="t2 num cut hide-s">
      {fromTo(new Date(room.created_at), end === null ? null : new Date(end))}
    </span>
  );
}
