import { fail } from './failures.js';

const DEFAULT_PAGE = 50;

/** The `limit` of a page input, or the default. */
export const pageSize = (input: { limit?: number }): number => input.limit ?? DEFAULT_PAGE;

/** Makes the opaque cursor of the next page from the sort key of the last row. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * Reads a cursor that `encodeCursor` made.
 * @throws input.invalid when it is not one
 */
export function decodeCursor(cursor: string, parts: number): readonly (string | number)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const sound =
      Array.isArray(key) &&
      key.length === parts &&
      key.every((part) => ['string', 'number'].includes(typeof part));
    if (sound) return key as (string | number)[];
  } catch {
    // Not JSON: the same refusal as any other text that is no cursor.
  }
  throw notACursor();
}

/**
 * Reads a cursor that is one whole number.
 * @throws input.invalid when it is not one
 */
export function decodeNumberCursor(cursor: string): number {
  const [number] = decodeCursor(cursor, 1);
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw notACursor();
  return number;
}

const notACursor = (): Error =>
  fail('input.invalid', {}, { errors: [{ path: 'cursor', message: 'is not a cursor of this list' }] });

/** Cuts one row more than the page down to the page, and says where the next one starts. */
export function toPage<Row, View>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => View,
  key: (row: Row) => readonly (string | number)[],
): { items: View[]; next_cursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(view), next_cursor: rows.length > limit && last ? encodeCursor(key(last)) : null };
}
