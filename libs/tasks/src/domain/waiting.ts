/** One task can't be completed before the other: a dependency, or a subtask of its parent. */
export interface Wait {
  readonly task: string;
  readonly for: string;
}

/** True if one of `starts` is `goal`, or can't be completed before it. */
export function waitsFor(waits: readonly Wait[], starts: readonly string[], goal: string): boolean {
  const next = new Map<string, string[]>();
  for (const wait of waits) next.set(wait.task, [...(next.get(wait.task) ?? []), wait.for]);
  const seen = new Set<string>();
  const queue = [...starts];
  for (let task = queue.pop(); task !== undefined; task = queue.pop()) {
    if (task === goal) return true;
    if (seen.has(task)) continue;
    seen.add(task);
    queue.push(...(next.get(task) ?? []));
  }
  return false;
}
