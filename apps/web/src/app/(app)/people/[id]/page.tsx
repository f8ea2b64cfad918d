import type { Metadata } from 'next';
import { Person } from '../../../../people/person';

export const metadata: Metadata = { title: 'A person’s record' };

export default async function PersonPage({ params }: { params: Promise<{ readonly id: string }> }) {
  return <Person id={decodeURIComponent((await params).id)} />;
}
