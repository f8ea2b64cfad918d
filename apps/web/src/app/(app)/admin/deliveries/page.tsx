import type { Metadata } from 'next';
import { AdminDeliveries } from '../../../../admin/deliveries';

export const metadata: Metadata = { title: 'Deliveries', robots: { index: false } };

export default function AdminDeliveriesPage() {
  return <AdminDeliveries />;
}
