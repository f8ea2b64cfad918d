import type { Metadata } from 'next';
import { MyAgents } from '../../../agents/my-agents';

export const metadata: Metadata = { title: 'Your agents' };

export default function MyAgentsPage() {
  return <MyAgents />;
}
