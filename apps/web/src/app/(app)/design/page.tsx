import type { Metadata } from 'next';
import { Specimens } from '../../../design/specimens';

export const metadata: Metadata = { title: 'Components', robots: { index: false } };

export default function DesignPage() {
  return <Specimens />;
}
