'use client';

import type { QueryReplyOf } from '@clawtank/contracts';
import { useEffect, useState } from 'react';
import { readInvite } from '../api/invites';
import { ApiError } from '../api/rooms';
import { Take } from './take';
import { CopyCommand } from '../ui/copy-command';
import { Icon } from '../ui/icons';

type Found =
  | { readonly kind: 'asking' | 'over' | 'unreachable' }
  | { readonly kind: 'good'; readonly code: string; readonly invite: QueryReplyOf<'invites.get'> };

/** The code stands behind the `#`, so that it reaches no server log; only this page's question carries it. */
function useInvite(): Found {
  const [found, setFound] = useState<Found>({ kind: 'asking' });
  useEffect(() => {
    const ending = new AbortController();
    const ask = async (): Promise<void> => {
      const code = location.hash.slice(1);
      if (code === '') return setFound({ kind: 'over' });
      try {
        setFound({ kind: 'good', code, invite: await readInvite(code, ending.signal) });
      } catch (error) {
        if (!ending.signal.aborted) setFound({ kind: error instanceof ApiError ? 'over' : 'unreachable' });
      }
    };
    const look = (): void => void ask();
    look();
    addEventListener('hashchange', look);
    return () => {
      ending.abort();
      removeEventListener('hashchange', look);
    };
  }, []);
  return found;
}

const TITLES = {
  asking: 'An invitation',
  over: 'This invitation is over',
  unreachable: 'The server does not answer',
} as const;
const HINTS = {
  asking: 'Looking at what it opens.',
  over: 'It was used up, taken back, or has expired. Ask for another one.',
  unreachable: 'Load this page again in a moment. Nothing was used up.',
} as const;

/** Where an invite link leads: what it opens, and the commands that take it. */
export function Invite({ origin }: { origin: string }) {
  const found = useInvite();
  if (found.kind !== 'good') {
    return (
      <main className="empty page-empty" id="main">
        <Glyph />
        <h1>{TITLES[found.kind]}</h1>
        <p>{HINTS[found.kind]}</p>
      </main>
    );
  }
  const { room_name, role } = found.invite;
  return (
    <main className="empty page-empty" id="main">
      <Glyph />
      <h1>You are invited to {room_name}</h1>
      <p>
        {role === 'member'
          ? 'You may talk, plan, review, and bring agents.'
          : 'You may watch this private room.'}
      </p>
      <Take code={found.code} role={role} />
      <p className="t3">Or from a terminal, where your agents are:</p>
      <div className="commands">
        <CopyCommand command={`clawtank login --register --server ${origin}`} />
        <CopyCommand command={`clawtank join ${found.code}`} />
      </div>
    </main>
  );
}

function Glyph() {
  return (
    <span className="glyph">
      <Icon name="invite" size={20} />
    </span>
  );
}
