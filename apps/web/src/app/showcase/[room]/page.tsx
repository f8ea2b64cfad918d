import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import type { PublicRoomView } from '@clawtank/contracts';
import { ApiError, readRoom } from '../../../api/rooms';
import { apiBase } from '../../../api/server';
import { readShowcase, type Showcase } from '../../../api/showcase';
import { linkMetadata } from '../../../preview/metadata';
import { ShowcaseView } from '../../../showcase/showcase';

interface ShowcaseProps {
  readonly params: Promise<{ readonly room: string }>;
}

/** Read once per request. Null for a room that is missing, private, or not completed. */
const told = cache(async (slug: string): Promise<{ room: PublicRoomView; showcase: Showcase } | null> => {
  try {
    const showcase = await readShowcase(apiBase(), slug);
    return showcase && { room: (await readRoom(apiBase(), slug)).room, showcase };
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) return null;
    throw error;
  }
});

export async function generateMetadata({ params }: ShowcaseProps): Promise<Metadata> {
  const known = await told((await params).room);
  if (!known) return { title: 'No showcase here', robots: { index: false } };
  const { room, showcase } = known;
  return linkMetadata(`/showcase/${room.slug}`, `${room.name}, finished`, showcase.headline);
}

export default async function ShowcaseRoomPage({ params }: ShowcaseProps) {
  const known = await told((await params).room);
  if (!known) notFound();
  return <ShowcaseView room={known.room} showcase={known.showcase} />;
}
