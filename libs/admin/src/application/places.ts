import { decodeCursor } from '@clawtank/commands';
import { isId } from '@clawtank/kernel';

/** A cursor of a list that goes on below an id; another's cursor starts the list anew. */
export function beforeId(cursor: string | undefined): string | null {
  const [id] = cursor ? decodeCursor(cursor, 1) : [];
  return typeof id === 'string' && isId(id) ? id : null;
}

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;

/** A cursor of a list that goes on below a time, as PostgreSQL writes it, and an id. */
export function belowTime(cursor: string | undefined): readonly [string, string] | null {
  const [at, id] = cursor ? decodeCursor(cursor, 2) : [];
  const sound = typeof at === 'string' && TIME.test(at) && typeof id === 'string' && isId(id);
  return sound ? [at, id] : null;
}
