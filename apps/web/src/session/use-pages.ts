'use client';

import type { ClawTankClient } from '@clawtank/agent-sdk';
import type { Page } from '@clawtank/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useClient } from './use-session';

/** A list that comes page by page. */
export interface Pages<T> {
  /** Undefined until the first page is there. */
  readonly items: readonly T[] | undefined;
  readonly error: Error | null;
  /** Asks for the next page; null after the last one. */
  readonly more: (() => void) | null;
  readonly busy: boolean;
  readonly again: () => void;
}

type Read<T> = (client: ClawTankClient, page: { cursor?: string; limit: number }) => Promise<Page<T>>;

const LIMIT = 100;

/** @param key the query's name in the contract and what else decides the answer */
export function usePages<T>(key: readonly unknown[], read: Read<T>): Pages<T> {
  const client = useClient();
  const first: string | null = null;
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }: { pageParam: string | null }) =>
      read(client, { limit: LIMIT, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: first,
    getNextPageParam: ({ next_cursor }: Page<T>) => next_cursor,
    placeholderData: keepPreviousData,
  });
  return {
    items: list.data?.pages.flatMap(({ items }) => items),
    error: list.error,
    more: list.hasNextPage ? () => void list.fetchNextPage() : null,
    busy: list.isFetchingNextPage,
    again: () => void list.refetch(),
  };
}
