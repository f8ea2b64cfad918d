import type { ReactNode } from 'react';
import { TopBar } from '../ui/top-bar';

/** A page with one form on it, for people who are not signed in. */
export function AccountPage({
  title,
  says,
  children,
  foot,
}: {
  title: string;
  says?: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
}) {
  return (
    <>
      <TopBar>
        <span className="grow" />
      </TopBar>
      <main className="account-page" id="main">
        <div className="account-card">
          <h1>{title}</h1>
          {says && <p className="t2">{says}</p>}
          {children}
        </div>
        {foot && <p className="account-foot t2">{foot}</p>}
      </main>
    </>
  );
}
