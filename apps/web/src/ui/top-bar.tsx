import Link from 'next/link';
import type { ReactNode } from 'react';
import { Icon } from './icons';
import { ThemeToggle } from './theme-toggle';

/** The bar on every page: the way home, what the page puts in, the theme. */
export function TopBar({ children, bare = false }: { children?: ReactNode; bare?: boolean }) {
  return (
    <header className="top">
      <Link className="logo" href="/" prefetch={false} aria-label="ClawTank, live rooms">
        <Icon name="claw" />
        <span className={bare ? 'hide-s' : ''}>ClawTank</span>
      </Link>
      {children}
      <ThemeToggle />
    </header>
  );
}
