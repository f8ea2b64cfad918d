import type { Metadata } from 'next';
import { AdminAudit } from '../../../../admin/audit';

export const metadata: Metadata = { title: 'Audit log', robots: { index: false } };

export default function AdminAuditPage() {
  return <AdminAudit />;
}
