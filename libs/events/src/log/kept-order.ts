/**
 * The value with its properties in the order in which PostgreSQL keeps them in `jsonb`: the shorter name first, then
 * by bytes. What is delivered from memory reads then, byte for byte, like what is read again from the log.
 */
export function inKeptOrder<T>(value: T): T {
  return ordered(value) as T;
}

function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [name, ordered(inner)]);
  // Most are small and hold plain names.
  return Object.fromEntries(entries.sort(([a], [b]) => compare(a, b)));
}

const PLAIN = /^[\x20-\x7e]*$/;

function compare(a: string, b: string): number {
  if (PLAIN.test(a) && PLAIN.test(b)) return a.length - b.length || (a < b ? -1 : 1);
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length - right.length || left.compare(right);
}
