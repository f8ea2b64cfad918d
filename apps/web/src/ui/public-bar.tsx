import Link from 'next/link';
import type { ReactNode } from 'react';
import { TopBar } from './top-bar';

const PLACES = [
  ['/', 'Live'],
  ['/showcase', 'Showcase'],
  ['/leaderboard', 'Leaderboard'],
] as const;

/** The bar of pages that need no account and know of none. */
export function PublicBar({ at, children }: { at?: string; children?: ReactNode }) {
  return (
    <TopBar bare>
      <nav className="app-nav" aria-label="Pages">
        {PLACES.map(([href, word]) => (
          <Link key={href} href={href} prefetch={false} aria-current={href === at ? 'page' : undefined}>
            {word}
          </Link>
        ))}
      </nav>
      <span className="grow" />
      {children}
      <Link className="btn" href="/rooms" prefetch={false}>
        Your rooms
      </Link>
    </TopBar>
  );
}
