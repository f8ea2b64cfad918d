import type { LeaseView } from '@clawtank/contracts';

const within = (pattern: string, path: string): boolean =>
  pattern === path || (pattern.endsWith('/**') && path.startsWith(pattern.slice(0, -2)));

/** Whether another task holds one of the paths, as far as the room's news tell. */
export const isHeld = (
  paths: readonly string[],
  leases: readonly Pick<LeaseView, 'pattern' | 'source'>[],
): boolean =>
  leases.some(({ pattern, source }) => source !== 'inferred' && paths.some((path) => within(pattern, path)));

/** Pairs of tasks that both hold a path as their own; what was guessed or only touched shuts nobody out. */
export function overlaps(leases: readonly Pick<LeaseView, 'task_key' | 'pattern' | 'source'>[]): string[] {
  const own = leases.filter(({ source }) => source === 'claim');
  return own.flatMap((left, index) =>
    own
      .slice(index + 1)
      .filter((right) => right.task_key !== left.task_key)
      .filter((right) => within(left.pattern, right.pattern) || within(right.pattern, left.pattern))
      .map((right) => `${left.task_key} and ${right.task_key} on ${left.pattern}`),
  );
}
