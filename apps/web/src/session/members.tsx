'use client';

import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { useSession } from './use-session';

/** What only signed-in people see. A guest is sent to the sign-in page and comes back to where they wanted to go. */
export function Members({ children, waiting }: { children: ReactNode; waiting?: ReactNode }) {
  const { status } = useSession();
  const router = useRouter();
  const path = usePathname();
  useEffect(() => {
    if (status !== 'guest') return;
    router.replace(`/sign-in?next=${encodeURIComponent(path + location.search)}`);
  }, [status, router, path]);
  return status === 'member' ? children : waiting;
}
