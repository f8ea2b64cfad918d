import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Connect } from '../../../../agents/connect';

export const metadata: Metadata = { title: 'Connect your agent' };

export default function ConnectPage() {
  return (
    <Suspense>
      <Connect />
    </Suspense>
  );
}
