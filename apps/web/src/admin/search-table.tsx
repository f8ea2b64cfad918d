'use client';

import type { ClawTankClient } from '@clawtank/agent-sdk';
import type { Page } from '@clawtank/contracts';
import { usePages } from '../session/use-pages';
import { useSearch } from './search';
import { type Column, ReadTable } from './table';

interface Asked {
  readonly q?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** A list of the server that is searched by a part of a name. */
export function SearchTable<T extends { readonly id: string }>({
  name,
  read,
  columns,
  label,
  nothing,
}: {
  /** Of the query, so that what an act changes is read again. */
  name: string;
  read: (client: ClawTankClient, asked: Asked) => Promise<Page<T>>;
  columns: readonly Column<T>[];
  label: string;
  nothing: string;
}) {
  const { q, field } = useSearch();
  const list = usePages<T>([name, q], (client, page) => read(client, { ...q, ...page }));
  return (
    <>
      {field}
      <ReadTable list={list} columns={columns} label={label} nothing={nothing} rowKey={({ id }) => id} />
    </>
  );
}
