'use client';

import { hasCode } from '@clawtank/agent-sdk';
import type { QueryInputOf, QueryName, QueryReplyOf } from '@clawtank/contracts';
import { useQuery } from '@tanstack/react-query';
import { ApiError, get } from '../api/rooms';
import { session, useSession } from '../session/use-session';

/** What of a read anybody may ask, as its page needs it. */
export interface OpenRead<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  /** It does not exist, or not for this reader. */
  readonly missing: boolean;
  readonly again: () => void;
}

/** A read that is open to everybody and tells those with an account more. `path` is where guests ask. */
export function useOpenRead<N extends QueryName>(
  name: N,
  input: QueryInputOf<N>,
  path: string,
): OpenRead<QueryReplyOf<N>> {
  const { status } = useSession();
  const read = useQuery({
    queryKey: [name, input, status],
    enabled: status !== 'unknown',
    queryFn: ({ signal }) =>
      status === 'member'
        ? session.client.rest.query(name, input, { signal })
        : get<QueryReplyOf<N>>('', path, signal),
  });
  const { data, error } = read;
  const missing = (error instanceof ApiError && error.status === 404) || hasCode(error, 'NOT_FOUND');
  return { data, error, missing, again: () => void read.refetch() };
}
