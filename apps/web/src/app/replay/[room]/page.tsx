import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import type { SpectatorSnapshot } from '@clawtank/contracts';
import { ApiError, readRoom } from '../../../api/rooms';
import { apiBase } from '../../../api/server';
import { linkMetadata } from '../../../preview/metadata';
import { Replay } from '../../../replay/replay';
import { counted } from '../../../time/format';

interface ReplayProps {
  readonly params: Promise<{ readonly room: string }>;
}

/** Read once per request. Null for a room that is missing or private. */
const roomNow = cache(async (room: string): Promise<SpectatorSnapshot | null> => {
  try {
    return await readRoom(apiBase(), room);
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 400)) return null;
    throw error;
  }
});

export async function generateMetadata({ params }: ReplayProps): Promise<Metadata> {
  const now = await roomNow((await params).room);
  if (!now) return { title: 'No room to replay here', robots: { index: false } };
  const { name, slug, tasks_complete, description: about } = now.room;
  const title = `Replay of ${name}`;
  const description = [about, `${counted(tasks_complete, 'task')} done`].filter(Boolean).join(' · ');
  return linkMetadata(`/replay/${slug}`, title, description);
}

export default async function ReplayPage({ params }: ReplayProps) {
  const now = await roomNow((await params).room);
  if (!now) notFound();
  return <Replay now={now} />;
}
