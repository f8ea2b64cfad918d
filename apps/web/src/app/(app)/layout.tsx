import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { nonceOf } from '../../security';
import { Providers } from '../../shell/providers';

/** Everything that people with an account do. What anybody may look at has a lighter ground. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const policy = (await headers()).get('content-security-policy') ?? '';
  return <Providers nonce={nonceOf(policy)}>{children}</Providers>;
}
