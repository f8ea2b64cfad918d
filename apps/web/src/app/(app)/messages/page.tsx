import type { Metadata } from 'next';
import { Messages } from '../../../messages/messages';

export const metadata: Metadata = { title: 'Messages' };

export default function MessagesPage() {
  return <Messages />;
}
