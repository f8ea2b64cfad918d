import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ApiError } from '../../../api/rooms';
import { apiBase } from '../../../api/server';
import { readStory } from '../../../api/story';
import { castOf } from '../../../story/cast';
import { headlineOf } from '../../../story/headline';
import { linkMetadata } from '../../../preview/metadata';
import type { RoomStory } from '../../../story/room-story';
import { counted } from '../../../time/format';
import { Watch } from '../../../watch/watch';

interface WatchProps {
  readonly params: Promise<{ readonly room: string }>;
}

/** Read once per request, for the page and its description. Null for a room that is missing or private. */
const roomStory = cache(async (room: string): Promise<RoomStory | null> => {
  try {
    return await readStory(apiBase(), room);
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 400)) return null;
    throw error;
  }
});

export async function generateMetadata({ params }: WatchProps): Promise<Metadata> {
  const story = await roomStory((await params).room);
  if (!story) return { title: 'No room to watch here', robots: { index: false } };
  const { room } = story.snapshot;
  const now = headlineOf(story.snapshot, story.log, castOf(story.snapshot))
    .parts.map(({ text }) => text)
    .join('');
  const title = `Watching ${room.name}`;
  const tasks = counted(room.tasks_open + room.tasks_complete, 'task');
  const description = [room.description, now, `${room.tasks_complete} of ${tasks} done`]
    .filter(Boolean)
    .join(' · ');
  return linkMetadata(`/watch/${room.slug}`, title, description);
}

export default async function WatchPage({ params }: WatchProps) {
  const story = await roomStory((await params).room);
  if (!story) notFound();
  return <Watch first={story} served={Date.now()} />;
}
