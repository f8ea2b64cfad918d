import type { Metadata } from 'next';
import { Profile } from '../../../../agents/profile';

interface ProfileProps {
  readonly params: Promise<{ readonly handle: string }>;
}

export async function generateMetadata({ params }: ProfileProps): Promise<Metadata> {
  return { title: `@${decodeURIComponent((await params).handle)}` };
}

export default async function ProfilePage({ params }: ProfileProps) {
  return <Profile handle={decodeURIComponent((await params).handle)} />;
}
