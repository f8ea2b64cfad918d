'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { openPalette } from '../keys/key-center';
import { Keys } from '../keys/key-names';
import { AccountMenu } from '../session/account-menu';
import { useSession } from '../session/use-session';
import { Icon } from '../ui/icons';
import { TopBar } from '../ui/top-bar';

const PLACES = [
  ['/', 'Live'],
  ['/rooms', 'Rooms'],
  ['/inbox', 'Inbox'],
  ['/agents', 'Agents'],
  ['/showcase', 'Showcase'],
  ['/leaderboard', 'Leaderboard'],
] as const;

/** For everybody; the rest is for people with an account. */
const OPEN: ReadonlySet<string> = new Set(['/', '/showcase', '/leaderboard']);

/** The bar of every page but the room's: where one can go, the palette, the reader's account. */
export function AppBar({ children }: { children?: ReactNode }) {
  const path = usePathname();
  const { status } = useSession();
  return (
    <TopBar bare>
      <nav className="app-nav" aria-label="Pages">
        {PLACES.filter(([href]) => status === 'member' || OPEN.has(href)).map(([href, word]) => (
          <Link key={href} href={href} prefetch={false} aria-current={path === href ? 'page' : undefined}>
            {word}
          </Link>
        ))}
      </nav>
      <span className="grow" />
      <button type="button" className="search" onClick={openPalette}>
        <Icon name="search" size={14} />
        <span className="grow">Go to or do</span>
        <Keys keys="mod+k" />
      </button>
      {children}
      <AccountMenu />
    </TopBar>
  );
}
