import type { AnyFrame } from '@clawtank/events';

/**
 * A frame with only what a reader asked to be told: whole families (`task`) or single types (`task.update`).
 * The numbers of the rest stay inside its range, as everything hidden does.
 */
export function onlyIntended(frame: AnyFrame, intents: ReadonlySet<string> | null): AnyFrame {
  if (!intents) return frame;
  const wanted = (type: string): boolean => intents.has(type) || intents.has(type.split('.', 1)[0] ?? '');
  return { ...frame, events: frame.events.filter((event) => wanted(event.type)) };
}
