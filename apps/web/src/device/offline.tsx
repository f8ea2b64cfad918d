'use client';

import { useEffect } from 'react';
import { Icon } from '../ui/icons';

const LOOK_EVERY_MS = 3_000;

const OFFLINE = '/offline';

const again = (): void => location.reload();

/** A device says when it has a network again, but nobody says when a server answers again. */
async function look(): Promise<void> {
  if (!navigator.onLine) return;
  const answer = await fetch(OFFLINE, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  if (answer?.ok) again();
}

/** Says that there is no connection, and goes on by itself when there is one. */
export function Offline() {
  useEffect(() => {
    // Asked for by its own address it has no other page to make way for.
    if (location.pathname === OFFLINE) return;
    // The connection may be back before this listens.
    void look();
    const looking = setInterval(() => void look(), LOOK_EVERY_MS);
    addEventListener('online', again);
    return () => {
      clearInterval(looking);
      removeEventListener('online', again);
    };
  }, []);
  return (
    <main className="empty page-empty" id="main">
      <span className="glyph">
        <Icon name="wifi" size={20} />
      </span>
      <h1>No connection</h1>
      <p>
        Rooms go on without you. What you were writing is kept, and this page opens when the server answers.
      </p>
      <button type="button" className="btn" onClick={again}>
        Try again
      </button>
    </main>
  );
}
