'use client';

import type { ClawTankClient } from '@clawtank/agent-sdk';
import type { OwnUserView, QueryInputOf, QueryName, QueryReplyOf } from '@clawtank/contracts';
import { type UseQueryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { Session, type SessionState } from './session';

/** One per tab: every page and the connection share it. */
export const session = new Session();

// While the page comes alive, the server answers.
if (typeof document !== 'undefined') session.begin();

const UNKNOWN: SessionState = { status: 'unknown' };

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.get, () => UNKNOWN);
}

/** The signed-in person. Only below `<Members>`, which shows nothing else to guests. */
export function useMe(): OwnUserView {
  const state = useSession();
  if (state.status !== 'member') throw new Error('this needs a signed-in person');
  return state.user;
}

/** The signed-in person's client, REST and socket. Only below `<Members>`. */
export const useClient = (): ClawTankClient => session.client;

/** A read over REST by its name in the wire contract; the name and its input are the cache's key. */
export function useRead<N extends QueryName>(
  name: N,
  input: QueryInputOf<N>,
  options: Omit<UseQueryOptions<QueryReplyOf<N>>, 'queryKey' | 'queryFn'> = {},
): UseQueryResult<QueryReplyOf<N>> {
  return useQuery({
    ...options,
    queryKey: [name, input],
    queryFn: ({ signal }) => session.client.rest.query(name, input, { signal }),
  });
}
