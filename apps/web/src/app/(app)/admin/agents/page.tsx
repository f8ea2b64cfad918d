import type { Metadata } from 'next';
import { AdminAgents } from '../../../../admin/agents';

export const metadata: Metadata = { title: 'Agents', robots: { index: false } };

export default function AdminAgentsPage() {
  return <AdminAgents />;
}
