'use client';

import type { ReactNode } from 'react';
import { LoadError } from '../forms/load-error';
import type { Pages } from '../session/use-pages';
import { Button } from '../ui/button';
import { SkeletonRows } from '../ui/empty';

export interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  /** A figure, at the right. */
  readonly figure?: boolean;
  readonly wide?: boolean;
  /** Never broken into lines: a moment, an address. */
  readonly whole?: boolean;
  /** Buttons, without a visible heading. */
  readonly acts?: boolean;
}

const classOf = <T,>({ figure, wide, whole, acts }: Column<T>): string =>
  [figure && 'n', wide && 'wide', whole && 'whole', acts && 'acts'].filter(Boolean).join(' ');

/** A list of the server as a table; it scrolls sideways where it is too wide. */
export function ReadTable<T>({
  list,
  columns,
  label,
  nothing,
  rowKey,
}: {
  list: Pages<T>;
  columns: readonly Column<T>[];
  label: string;
  nothing: string;
  rowKey: (row: T) => string;
}) {
  const { items, error, more, busy, again } = list;
  if (error) return <LoadError error={error} again={again} />;
  if (!items) return <SkeletonRows rows={5} />;
  if (items.length === 0) return <p className="t2">{nothing}</p>;
  return (
    <>
      <div className="tablewrap" tabIndex={0} role="region" aria-label={label}>
        <table className="tbl">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.head} className={classOf(column)} scope="col">
                  {column.acts ? <span className="vh">{column.head}</span> : column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <tr key={rowKey(row)}>
                {columns.map((column) => (
                  <td key={column.head} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more && (
        <div className="row more">
          <Button busy={busy} onClick={more}>
            Show more
          </Button>
          <span className="hint num">{items.length} shown, the newest first</span>
        </div>
      )}
    </>
  );
}
