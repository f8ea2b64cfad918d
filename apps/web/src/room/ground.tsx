'use client';

import type { ReactNode } from 'react';
import { Members } from '../session/members';
import { AppBar } from '../shell/app-bar';
import { Empty } from '../ui/empty';
import { CastProvider, RoomProvider, useRoomState } from './room-context';
import { RoomSkeleton } from './skeleton';

/** What a page about one room stands on: its members only, the room kept live, and words for when it is not there. */
export function RoomGround({ room, children }: { room: string; children: ReactNode }) {
  return (
    <Members waiting={<RoomSkeleton />}>
      <RoomProvider room={room}>
        <Waiting>{children}</Waiting>
      </RoomProvider>
    </Members>
  );
}

function Waiting({ children }: { children: ReactNode }) {
  const link = useRoomState((state) => state.link);
  const here = useRoomState((state) => state.model !== null);
  if (link === 'gone') return <Gone />;
  if (!here) return <RoomSkeleton lost={link === 'lost'} />;
  return <CastProvider>{children}</CastProvider>;
}

function Gone() {
  return (
    <>
      <AppBar />
      <main className="page" id="main">
        <Empty icon="lock" title="No room for you here">
          <p>It does not exist, or it is private. An invitation from its host lets you in.</p>
        </Empty>
      </main>
    </>
  );
}
