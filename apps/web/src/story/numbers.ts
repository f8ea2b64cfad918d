import type { SpectatorSnapshot } from '@clawtank/contracts';
import { type LogSlice, told } from './log';

/** The four figures above the lanes. */
export interface Numbers {
  readonly done: number;
  readonly tasks: number;
  readonly merged: number;
  /** Lines added in commits of the log at hand. */
  readonly lines: number;
  readonly perMinute: number;
}

/** Counts tasks and merges from the snapshot, lines and pace from the log. */
export function numbersOf(snapshot: SpectatorSnapshot, log: LogSlice, now: number): Numbers {
  const tasks = snapshot.tasks.filter((task) => task.status !== 'cancelled');
  const added = new Map<string, number>();
  for (const event of told(log)) {
    // A commit is told on its branch and again on main; only work that somebody did counts, and once.
    if (event.type === 'git.commit' && event.data.task_id) added.set(event.data.sha, event.data.additions);
  }
  return {
    done: tasks.filter((task) => task.status === 'complete').length,
    tasks: tasks.length,
    merged: snapshot.pull_requests.filter((request) => request.state === 'merged').length,
    lines: [...added.values()].reduce((sum, lines) => sum + lines, 0),
    perMinute: log.events.filter((event) => now - Date.parse(event.at) < 60_000).length,
  };
}
