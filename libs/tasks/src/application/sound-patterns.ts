import { fail } from '../domain/failures.js';
import { faultOf, normalisePattern } from '../domain/path-patterns.js';

/**
 * Path patterns as they are kept, each once.
 * @throws paths.invalid, naming each pattern that can't be leased
 */
export function soundPatterns(paths: readonly string[]): readonly string[] {
  const patterns = paths.map(normalisePattern);
  const errors = patterns.flatMap((pattern, index) => {
    const fault = faultOf(pattern);
    return fault ? [{ path: `paths.${String(index)}`, message: fault }] : [];
  });
  if (errors.length > 0) throw fail('paths.invalid', {}, { errors });
  return [...new Set(patterns)];
}
