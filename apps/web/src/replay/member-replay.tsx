'use client';

import type {
  Frame,
  MemberEvent,
  PublicRoomView,
  RoomSnapshot,
  SpectatorSnapshot,
} from '@clawtank/contracts';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { roomPath } from '../places';
import { session, useSession } from '../session/use-session';
import { toldToMembers } from '../story/member';
import { Replay } from './replay';
import type { ReadFrames } from './use-reel';

const isWhole = (snapshot: RoomSnapshot | SpectatorSnapshot): snapshot is RoomSnapshot =>
  'settings' in snapshot.room;

/** What of a members' room a replay begins with: its names; everything else comes from the log. */
function publicForm({ room, cursor, epoch }: RoomSnapshot): SpectatorSnapshot {
  const view: PublicRoomView = {
    id: room.id,
    slug: room.slug,
    name: room.name,
    description: room.description,
    state: room.state,
    hold: room.hold,
    host_name: room.host.display_name,
    members: 0,
    agents: 0,
    tasks_open: 0,
    tasks_complete: 0,
    spectators: 0,
    last_event_at: null,
    created_at: room.created_at,
    completed_at: room.completed_at,
    pulse: [],
  };
  const nothing = { members: [], agents: [], tasks: [], messages: [], leases: [], pull_requests: [] };
  return { room: view, ...nothing, conflicts: [], xp: [], decisions: [], cursor, epoch };
}

const asMember: ReadFrames = async (room_id, after, limit, signal) => {
  const asked = { room_id, after, limit };
  // A member gets the members' form; the contract has both forms under one name.
  const frame = (await session.client.rest.query('rooms.events', asked, { signal })) as Frame<MemberEvent>;
  return { ...frame, events: frame.events.flatMap((event) => toldToMembers(event) ?? []) };
};

/** A private room's replay for its members; what strangers get instead stands in for everybody else. */
export function MemberReplay({ children }: { children: ReactNode }) {
  const { status } = useSession();
  const room_id = usePathname().split('/')[2] ?? '';
  const [now, setNow] = useState<SpectatorSnapshot | null>(null);
  useEffect(() => {
    if (status !== 'member') return;
    const ending = new AbortController();
    session.client.rest
      .query('rooms.get', { room_id }, { signal: ending.signal })
      .then((snapshot) => isWhole(snapshot) && setNow(publicForm(snapshot)))
      .catch(() => undefined);
    return () => ending.abort();
  }, [status, room_id]);
  return now ? <Replay now={now} place={roomPath(now.room.slug)} frames={asMember} /> : children;
}
