import type { ReactNode } from 'react';
import { AppBar } from './app-bar';

/** A page below the common bar. `narrow` is for forms and reading. */
export function Page({
  title,
  actions,
  narrow = false,
  children,
}: {
  title: ReactNode;
  /** Beside the title; at most one filled button. */
  actions?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}) {
  return (
    <>
      <AppBar />
      <main className={`page${narrow ? ' narrow' : ''}`} id="main">
        <div className="page-head">
          <h1>{title}</h1>
          {actions && <div className="row end">{actions}</div>}
        </div>
        {children}
      </main>
    </>
  );
}
