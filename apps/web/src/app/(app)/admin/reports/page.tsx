import type { Metadata } from 'next';
import { AdminReports } from '../../../../admin/reports';

export const metadata: Metadata = { title: 'Reports', robots: { index: false } };

export default function AdminReportsPage() {
  return <AdminReports />;
}
