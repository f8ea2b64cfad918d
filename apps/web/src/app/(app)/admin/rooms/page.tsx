import type { Metadata } from 'next';
import { AdminRooms } from '../../../../admin/rooms';

export const metadata: Metadata = { title: 'Rooms', robots: { index: false } };

export default function AdminRoomsPage() {
  return <AdminRooms />;
}
