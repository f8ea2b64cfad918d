'use client';

import { useMemo, useState } from 'react';
import { castOf } from '../story/cast';
import type { RoomStory } from '../story/room-story';
import { stateOf } from '../story/words';
import { Board } from './board';
import { Gone } from './gone';
import { Notices } from './notices';
import { RoomBar } from './room-bar';
import { Side } from './side';
import { TabBar } from './tab-bar';
import { Tank } from './tank';
import { useStream } from './use-stream';
import type { View } from './views';

/** One room, watched: what happens now, everybody's lanes, the board, and the chat beside them. */
export function Watch({ first, served }: { first: RoomStory; served: number }) {
  const { story, viewers, link } = useStream(first);
  const [view, setView] = useState<View>('chat');
  const cast = useMemo(() => castOf(story.snapshot), [story.snapshot]);
  if (link === 'gone') return <Gone />;
  const { room } = story.snapshot;
  const ended = stateOf(room).finished
    ? Date.parse(room.completed_at ?? room.last_event_at ?? room.created_at)
    : null;
  return (
    <div className="watch" data-view={view}>
      <RoomBar room={room} viewers={viewers} link={link} />
      <main className="shell" id="main">
        <div className="stage" tabIndex={0} role="region" aria-label="Stage">
          <Notices room={room} link={link} />
          <Tank story={story} cast={cast} link={link} served={served} ended={ended} />
          <Board snapshot={story.snapshot} cast={cast} ended={ended !== null} />
        </div>
        <Side story={story} cast={cast} served={served} view={view} onView={setView} />
      </main>
      <TabBar view={view} onView={setView} />
    </div>
  );
}
