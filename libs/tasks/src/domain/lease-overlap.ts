import { compilePath, compilePattern, overlap, type PathPattern } from './path-patterns.js';

interface Held {
  readonly task_id: string;
  readonly pattern: string;
}

interface Meeting<L> {
  /** What was asked for or touched. */
  readonly pattern: string;
  readonly lease: L;
}

/** Every pair of a wanted pattern and another task's lease that share a path. */
export function meetings<L extends Held>(
  wanted: readonly string[],
  leases: readonly L[],
  taskId: string,
): Meeting<L>[] {
  return pairs(
    wanted.map((pattern) => ({ pattern, compiled: compilePattern(pattern) })),
    leases.filter((lease) => lease.task_id !== taskId),
  );
}

/** The touched paths that a task's own leases don't hold yet, and where they are in another task's lease. */
export function touched<L extends Held>(
  paths: readonly string[],
  leases: readonly L[],
  taskId: string,
): { readonly uncovered: readonly string[]; readonly trespasses: readonly Meeting<L>[] } {
  const own = leases.filter((lease) => lease.task_id === taskId);
  const names = new Set(own.map((lease) => lease.pattern));
  const patterns = own.map((lease) => compilePattern(lease.pattern));
  const compiled = [...new Set(paths)].map((pattern) => ({ pattern, compiled: compilePath(pattern) }));
  const uncovered = compiled.filter(
    (path) => !names.has(path.pattern) && !patterns.some((pattern) => overlap(pattern, path.compiled)),
  );
  return {
    uncovered: uncovered.map((path) => path.pattern),
    trespasses: pairs(
      uncovered,
      leases.filter((lease) => lease.task_id !== taskId),
    ),
  };
}

function pairs<L extends Held>(
  wanted: readonly { readonly pattern: string; readonly compiled: PathPattern }[],
  leases: readonly L[],
): Meeting<L>[] {
  const held = leases.map((lease) => ({ lease, compiled: compilePattern(lease.pattern) }));
  return wanted.flatMap(({ pattern, compiled }) =>
    held.filter((other) => overlap(compiled, other.compiled)).map(({ lease }) => ({ pattern, lease })),
  );
}
