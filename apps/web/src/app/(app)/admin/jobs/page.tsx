import type { Metadata } from 'next';
import { AdminJobs } from '../../../../admin/jobs';

export const metadata: Metadata = { title: 'Jobs', robots: { index: false } };

export default function AdminJobsPage() {
  return <AdminJobs />;
}
