'use client';

import { Icon } from '../ui/icons';
import { TopBar } from '../ui/top-bar';

export default function ErrorPage({ retry }: { error: Error; retry: () => void }) {
  return (
    <>
      <TopBar>
        <span className="grow" />
      </TopBar>
      <main className="empty page-empty" id="main">
        <span className="glyph">
          <Icon name="wifi" size={20} />
        </span>
        <h1>The server does not answer</h1>
        <p>It may be starting. Nothing is lost: the room goes on without being watched.</p>
        <button type="button" className="btn" onClick={retry}>
          Try again
        </button>
      </main>
    </>
  );
}
