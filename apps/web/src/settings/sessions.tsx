'use client';

import type { SignInSessionView } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deviceLabel } from '../device/device-label';
import { LoadError } from '../forms/load-error';
import { useClient, useRead } from '../session/use-session';
import { Button } from '../ui/button';
import { SkeletonRows } from '../ui/empty';
import { Icon } from '../ui/icons';
import { Age } from '../ui/moment';
import { toast, toastError } from '../ui/toasts';

function useEnding(): { busy: boolean; end: (ending: () => Promise<void>) => Promise<void> } {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const end = async (ending: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await ending();
    } catch (error) {
      toastError(error);
    }
    await queries.invalidateQueries({ queryKey: ['sessions.list'] });
    setBusy(false);
  };
  return { busy, end };
}

function Session({ session, served }: { session: SignInSessionView; served: number }) {
  const client = useClient();
  const { busy, end } = useEnding();
  const { id, user_agent, address, opened_at, last_used_at, current } = session;
  const label = deviceLabel(user_agent);
  const signOut = async (): Promise<void> => {
    await client.rest.command('session.end', { session_id: id });
    toast({ title: `Signed out: ${label}`, tone: 'success' });
  };
  return (
    <li className="item">
      <span className="glyph">
        <Icon name={user_agent === 'clawtank-cli' ? 'term' : 'globe'} />
      </span>
      <div className="says">
        <span className="name">
          {label} {current && <span className="chip accent">This one</span>}
        </span>
        <div className="meta num">
          {address && <span>{address}</span>}
          <span>
            used <Age at={last_used_at} served={served} /> ago
          </span>
          <span>
            since <Age at={opened_at} served={served} />
          </span>
        </div>
      </div>
      {!current && (
        <div className="does">
          <Button
            size="sm"
            busy={busy}
            onClick={() => void end(signOut)}
            aria-label={`Sign out ${label}, ${address}`}
          >
            Sign out
          </Button>
        </div>
      )}
    </li>
  );
}

function SignOutOthers() {
  const client = useClient();
  const { busy, end } = useEnding();
  const signOut = async (): Promise<void> => {
    const { ended } = await client.rest.command('session.end_others', {});
    toast({ title: ended === 1 ? 'Signed out of one' : `Signed out of ${ended}`, tone: 'success' });
  };
  return (
    <div className="row">
      <Button busy={busy} onClick={() => void end(signOut)}>
        Sign out everywhere else
      </Button>
    </div>
  );
}

/** Where the reader is signed in. A section of the settings. */
export function Sessions() {
  const [served] = useState(() => Date.now());
  const sessions = useRead('sessions.list', {});
  if (sessions.isError) return <LoadError error={sessions.error} again={() => void sessions.refetch()} />;
  if (!sessions.data) return <SkeletonRows rows={2} />;
  const { items } = sessions.data;
  return (
    <>
      <p className="t2">One you don’t know? Sign it out, then change your password.</p>
      <ul className="list">
        {items.map((each) => (
          <Session key={each.id} session={each} served={served} />
        ))}
      </ul>
      {items.some(({ current }) => !current) && <SignOutOthers />}
    </>
  );
}
