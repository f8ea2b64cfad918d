import { compilePattern, holdsPath, overlap } from './path-patterns.js';

interface Held {
  readonly task_id: string;
  readonly pattern: string;
}

interface Meeting<L> {
  /** What was asked for or touched. */
  readonly pattern: string;
  readonly lease: L;
}

/** Every pair of a wanted pattern and another task's lease that share a path; tasks `beside` stand in nobody's way. */
export function meetings<L extends Held>(
  wanted: readonly string[],
  leases: readonly L[],
  taskId: string,
  beside: readonly string[] = [],
): Meeting<L>[] {
  const others = compiled(
    leases.filter((lease) => lease.task_id !== taskId && !beside.includes(lease.task_id)),
  );
  return wanted.flatMap((pattern) => {
    const asked = compilePattern(pattern);
    return others.filter((other) => overlap(asked, other.compiled)).map(({ lease }) => ({ pattern, lease }));
  });
}

/** The touched paths that a task's own leases don't hold yet, and where they are in another task's lease. */
export function touched<L extends Held>(
  paths: readonly string[],
  leases: readonly L[],
  taskId: string,
): { readonly uncovered: readonly string[]; readonly trespasses: readonly Meeting<L>[] } {
  const own = leases.filter((lease) => lease.task_id === taskId);
  const names = new Set(own.map((lease) => lease.pattern));
  const patterns = compiled(own);
  const uncovered = [...new Set(paths)].filter(
    (path) => !names.has(path) && !patterns.some((held) => holdsPath(held.compiled, path)),
  );
  const others = compiled(leases.filter((lease) => lease.task_id !== taskId));
  const trespasses = uncovered.flatMap((pattern) =>
    others.filter((held) => holdsPath(held.compiled, pattern)).map(({ lease }) => ({ pattern, lease })),
  );
  return { uncovered, trespasses };
}

const compiled = <L extends Held>(
  leases: readonly L[],
): { readonly lease: L; readonly compiled: ReturnType<typeof compilePattern> }[] =>
  leases.map((lease) => ({ lease, compiled: compilePattern(lease.pattern) }));
