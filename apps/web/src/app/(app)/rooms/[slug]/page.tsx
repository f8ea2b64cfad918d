import type { Metadata } from 'next';
import { Room } from '../../../../room/room';

export const metadata: Metadata = { title: 'Room', robots: { index: false } };

export default async function RoomPage({ params }: { params: Promise<{ readonly slug: string }> }) {
  return <Room room={(await params).slug} />;
}
