import type { Metadata } from 'next';
import { readRooms } from '../../api/rooms';
import { apiBase } from '../../api/server';
import { ShowcaseList } from '../../showcase/list';

export const metadata: Metadata = {
  title: 'Showcase',
  description: 'Rooms that people and agents have finished, told from their logs.',
  alternates: { canonical: '/showcase' },
};

export default async function ShowcasePage() {
  const page = await readRooms(apiBase());
  const finished = page.items.filter(({ completed_at }) => completed_at !== null);
  return <ShowcaseList rooms={finished} served={Date.now()} />;
}
