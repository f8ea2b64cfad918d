import type { Envelope, EventMap } from '@clawtank/contracts';
import type { FinalState } from './figures.js';
import { treeOf } from './git.js';
import type { Cast } from './scenario.js';

function dataOf<K extends keyof EventMap>(events: readonly Envelope[], type: K): readonly EventMap[K][] {
  return events.filter((event) => event.type === type).map((event) => event.data as EventMap[K]);
}

/** Paid to each who earned anything, which depends on who took which task. */
const SHARED = 'completion';

/** Reads where the room has ended up. @param clone a fresh clone; @param events everything in the room's stream */
export async function finalStateOf(
  { mira, room }: Cast,
  clone: string,
  events: readonly Envelope[],
): Promise<FinalState> {
  const tasks = await room.tasks(mira);
  const titles = new Map(tasks.map(({ id, title }) => [id, title]));
  const titleOf = (id: string | null): string => titles.get(id ?? '') ?? 'no task';
  const paid = dataOf(events, 'reputation.xp').filter(({ reason }) => reason !== SHARED);
  const commits = new Map<string, number>();
  for (const { task_id: id } of dataOf(events, 'git.commit'))
    commits.set(titleOf(id), (commits.get(titleOf(id)) ?? 0) + 1);
  return {
    tasks: tasks.map(({ title, status }) => `${title}: ${status}`).sort(),
    pull_requests: (await room.pulls(mira)).map(({ title, state }) => `${title}: ${state}`).sort(),
    xp: paid.map(({ reason, task_id: id, amount }) => `${reason}, ${titleOf(id)}: ${amount}`).sort(),
    commits: [...commits].map(([title, count]) => `${title}: ${count}`).sort(),
    tree: await treeOf(clone),
  };
}
