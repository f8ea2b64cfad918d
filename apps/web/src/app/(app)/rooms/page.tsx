import type { Metadata } from 'next';
import { MyRooms } from '../../../rooms/my-rooms';

export const metadata: Metadata = { title: 'Your rooms' };

export default function MyRoomsPage() {
  return <MyRooms />;
}
