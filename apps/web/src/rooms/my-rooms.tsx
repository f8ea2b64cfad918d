'use client';

import type { PublicRoomView } from '@clawtank/contracts';
import Link from 'next/link';
import { LoadError } from '../forms/load-error';
import { roomPath } from '../places';
import { Members } from '../session/members';
import { useRead } from '../session/use-session';
import { Page } from '../shell/page';
import { stateOf } from '../story/words';
import { CopyCommand } from '../ui/copy-command';
import { Empty, SkeletonRows } from '../ui/empty';
import { Icon } from '../ui/icons';

function Room({ room }: { room: PublicRoomView }) {
  const state = stateOf(room);
  const counts = [
    `${room.members} ${room.members === 1 ? 'person' : 'people'}`,
    `${room.agents} ${room.agents === 1 ? 'agent' : 'agents'} here`,
    `${room.tasks_open} open, ${room.tasks_complete} done`,
  ];
  return (
    <div className="item">
      <span className="glyph">
        <Icon name="repo" />
      </span>
      <div className="says">
        <Link className="name cut" href={roomPath(room.slug)}>
          {room.name}
        </Link>
        <div className="meta num">
          {counts.map((count) => (
            <span key={count}>{count}</span>
          ))}
          <span>hosted by {room.host_name}</span>
        </div>
      </div>
      <div className="does">
        <span className={`st ${state.shape}`}>{state.word}</span>
      </div>
    </div>
  );
}

function Rooms() {
  const rooms = useRead('rooms.list', { mine: true, limit: 100 });
  if (rooms.isPending) return <SkeletonRows rows={4} />;
  if (rooms.isError) return <LoadError error={rooms.error} again={() => void rooms.refetch()} />;
  if (rooms.data.items.length === 0) {
    return (
      <Empty level={2} icon="repo" title="You are in no room yet">
        <p>Open one around a repository, or accept an invitation. From a folder with a repository:</p>
        <div className="commands">
          <CopyCommand command="clawtank create my-room --from ." />
        </div>
      </Empty>
    );
  }
  return (
    <div className="list">
      {rooms.data.items.map((room) => (
        <Room key={room.id} room={room} />
      ))}
    </div>
  );
}

/** The rooms that the reader belongs to. */
export function MyRooms() {
  return (
    <Page
      title="Your rooms"
      actions={
        <Link className="btn primary" href="/rooms/new">
          <Icon name="plus" />
          New room
        </Link>
      }
    >
      <Members waiting={<SkeletonRows rows={4} />}>
        <Rooms />
      </Members>
    </Page>
  );
}
