/** Names of fields whose values never reach a log line. */
const SECRET_NAME = /authorization|cookie|password|passwd|secret|token|credential|api[-_]?key/i;
/** Values that are secrets whatever they are called: agent tokens, JWTs, credentials inside URLs. */
const SECRET_VALUE = /clw_[\w-]{8,}|eyJ[\w-]+\.[\w-]+\.[\w-]*|(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;
const MAX_DEPTH = 4;

/** A copy of a log value with everything secret replaced. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(SECRET_VALUE, '[redacted]');
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[…]';
  if (value instanceof Error) return redacted(value.stack ?? value.message, depth);
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => redacted(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [
      name,
      SECRET_NAME.test(name) ? '[redacted]' : redacted(child, depth + 1),
    ]),
  );
}
