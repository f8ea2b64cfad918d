import type { Metadata } from 'next';
import { AdminSettings } from '../../../../admin/server-settings';

export const metadata: Metadata = { title: 'Settings of the server', robots: { index: false } };

export default function AdminSettingsPage() {
  return <AdminSettings />;
}
