'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Members } from '../session/members';
import { useMe } from '../session/use-session';
import { Page } from '../shell/page';
import { Empty, SkeletonRows } from '../ui/empty';

const PARTS = [
  ['/admin', 'Health'],
  ['/admin/users', 'Users'],
  ['/admin/rooms', 'Rooms'],
  ['/admin/agents', 'Agents'],
  ['/admin/reports', 'Reports'],
  ['/admin/deliveries', 'Deliveries'],
  ['/admin/jobs', 'Jobs'],
  ['/admin/settings', 'Settings'],
  ['/admin/audit', 'Audit log'],
] as const;

/** The server refuses everybody else anyway; here they learn nothing but that there is no such page. */
function Admins({ children }: { children: ReactNode }) {
  const { is_admin } = useMe();
  if (is_admin) return children;
  return (
    <Empty level={2} icon="search" title="There is nothing here">
      <Link className="btn" href="/">
        Live rooms
      </Link>
    </Empty>
  );
}

/** A page of the administrators' part. */
export function AdminPage({ title, children }: { title: string; children: ReactNode }) {
  const path = usePathname();
  return (
    <Page title={title}>
      <Members waiting={<SkeletonRows rows={4} />}>
        <Admins>
          <nav className="subnav" aria-label="Administration">
            {PARTS.map(([href, word]) => (
              <Link key={href} href={href} aria-current={path === href ? 'page' : undefined}>
                {word}
              </Link>
            ))}
          </nav>
          {children}
        </Admins>
      </Members>
    </Page>
  );
}
