import type { Metadata } from 'next';
import { NewRoom } from '../../../../rooms/new-room';

export const metadata: Metadata = { title: 'New room' };

export default function NewRoomPage() {
  return <NewRoom />;
}
