import type { Told } from '../story/log';
import type { IconName } from '../ui/icons';

/** A moment that one may want to jump to. */
export interface Chapter {
  readonly seq: number;
  readonly at: number;
  readonly kind: 'open' | 'merge' | 'conflict' | 'resolved' | 'done' | 'end';
  readonly word: string;
}

export const CHAPTER_ICONS: Readonly<Record<Chapter['kind'], IconName>> = {
  open: 'home',
  merge: 'merge',
  conflict: 'conflict',
  resolved: 'check',
  done: 'check',
  end: 'flag',
};

type Rule = (event: Told) => Pick<Chapter, 'kind' | 'word'> | null;

const RULES: readonly Rule[] = [
  (event) => (event.type === 'room.created' ? { kind: 'open', word: 'Room opened' } : null),
  (event) =>
    event.type === 'git.pull_request' && event.data.action === 'merged'
      ? { kind: 'merge', word: event.data.title }
      : null,
  (event) => {
    if (event.type !== 'git.conflict') return null;
    if (event.data.state === 'resolved') return { kind: 'resolved', word: 'Conflict resolved' };
    return { kind: 'conflict', word: event.data.state === 'detected' ? 'Conflict' : 'Conflict predicted' };
  },
  (event) =>
    event.type === 'room.state_changed' && event.data.to === 'completed'
      ? { kind: 'end', word: 'Completed' }
      : null,
];

/** The log's chapters, oldest first. A task that is done by a merge is one chapter, not two. */
export function chaptersOf(events: readonly Told[]): readonly Chapter[] {
  const merged = new Set(
    events.flatMap((event) =>
      event.type === 'git.pull_request' && event.data.action === 'merged' ? (event.data.task_id ?? []) : [],
    ),
  );
  const keys = new Map(
    events.flatMap((event) =>
      event.type === 'task.created' ? [[event.data.task_id, event.data.title] as const] : [],
    ),
  );
  return events.flatMap((event) => {
    const found = RULES.map((rule) => rule(event)).find((chapter) => chapter !== null) ?? done(event);
    return found ? [{ ...found, seq: event.seq, at: Date.parse(event.at) }] : [];
  });

  function done(event: Told): Pick<Chapter, 'kind' | 'word'> | null {
    if (event.type !== 'task.update' || event.data.change !== 'completed') return null;
    if (merged.has(event.data.task_id)) return null;
    return { kind: 'done', word: keys.get(event.data.task_id) ?? event.data.key };
  }
}
