import type { Metadata } from 'next';
import { AdminHealth } from '../../../admin/health';

export const metadata: Metadata = { title: 'Health', robots: { index: false } };

export default function AdminHealthPage() {
  return <AdminHealth />;
}
