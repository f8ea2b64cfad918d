'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';

/** From signing in to signing up and back, keeping where the reader wants to go and what stands behind the `#`. */
export function OtherDoor({ to, children }: { to: string; children: ReactNode }) {
  const router = useRouter();
  return (
    <a
      className="link"
      href={to}
      onClick={(event) => {
        event.preventDefault();
        router.push(to + location.search + location.hash);
      }}
    >
      {children}
    </a>
  );
}
