import { isId, newId } from '@clawtank/kernel';
import { refuse } from '@clawtank/http';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of paths that are numbers in the input; anything else in their place stays text and is refused there. */
const NUMBERS: ReadonlySet<string> = new Set(['number']);

const typed = ([name, value]: [string, unknown]): [string, unknown] =>
  NUMBERS.has(name) && typeof value === 'string' && /^\d{1,15}$/.test(value)
    ? [name, Number(value)]
    : [name, value];

/**
 * A command's input from the three places where REST carries it: the path, the body without what the path
 * says, and the `Idempotency-Key` header. What is no object is handed on as it is, to be refused as such.
 * @throws input.invalid when the body says something else than the path
 */
export function commandInput(params: unknown, body: unknown, key: string | undefined): unknown {
  if (body !== undefined && body !== null && !isFields(body)) return body;
  const fromPath = isFields(params) ? Object.fromEntries(Object.entries(params).map(typed)) : {};
  const given = isFields(body) ? body : {};
  const clashes = Object.keys(fromPath).filter((name) => Object.hasOwn(given, name));
  const contradicted = clashes.filter((name) => given[name] !== fromPath[name]);
  if (contradicted.length > 0) {
    const errors = contradicted.map((path) => ({ path, message: 'contradicts the path' }));
    throw refuse('input.contradicts', {}, { errors });
  }
  return { ...given, ...fromPath, ...(key === undefined ? {} : { command_id: key }) };
}

/** A query's input: its query string and its path. */
export function queryInput(params: unknown, query: unknown): unknown {
  return { ...(isFields(query) ? query : {}), ...(isFields(params) ? params : {}) };
}

/**
 * Replaces a room's slug by its id. A slug that names no room becomes an id that names none either, so that a
 * missing room is refused where, and exactly as, a private one is.
 */
export async function withRoomId(
  input: unknown,
  findId: (slug: string) => Promise<string | undefined>,
): Promise<unknown> {
  if (!isFields(input)) return input;
  const { room_id: named } = input;
  // No database takes a NUL; the command's validation says so.
  if (typeof named !== 'string' || isId(named) || named.includes('\0')) return input;
  return { ...input, room_id: (await findId(named)) ?? newId() };
}
