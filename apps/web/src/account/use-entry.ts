'use client';

import { RestClient } from '@clawtank/agent-sdk';
import type { SessionReply } from '@clawtank/contracts';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { safePath } from '../places';
import { session, useSession } from '../session/use-session';
import { fragment } from './kept-fragment';

/** An invitation's code travels behind the `#`, where no server sees it. */
const nextPath = (): string => {
  const path = safePath(new URLSearchParams(location.search).get('next'), '/rooms');
  return path === '/invite' ? path + fragment() : path;
};

/**
 * For the pages that open a session: posts to the door, enters, and goes where the reader wanted to go. Whoever is
 * signed in already is sent there at once.
 */
export function useEntry(): (path: string, body: object) => Promise<void> {
  const router = useRouter();
  const { status } = useSession();
  useEffect(() => {
    if (status !== 'member') return;
    const path = nextPath();
    // What stands behind a `#` is read when a page begins; only a whole new page is sure to have it then.
    if (path.includes('#')) location.assign(path);
    else router.replace(path);
  }, [status, router]);
  return async (path, body) => {
    const rest = new RestClient({ server: location.origin, credentials: 'include' });
    session.enter(await rest.post<SessionReply>(path, body));
  };
}
