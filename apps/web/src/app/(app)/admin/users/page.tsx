import type { Metadata } from 'next';
import { AdminUsers } from '../../../../admin/users';

export const metadata: Metadata = { title: 'Users', robots: { index: false } };

export default function AdminUsersPage() {
  return <AdminUsers />;
}
