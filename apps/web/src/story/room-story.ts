import type { Frame, SpectatorEvent, SpectatorSnapshot } from '@clawtank/contracts';
import { append, emptyLog, type LogSlice, prepend } from './log';

/** A room as a stranger has it: how it stands, and the stretch of its log that led there. */
export interface RoomStory {
  readonly snapshot: SpectatorSnapshot;
  readonly log: LogSlice;
}

type Stretch = Pick<Frame<SpectatorEvent>, 'from' | 'to' | 'events'>;

/** How many numbers before the snapshot a page is sent with: enough to fill the chat. */
export const TAIL = 100;

/** A snapshot with what came right before it; what the log tells beyond the snapshot is left to the stream. */
export function beginStory(snapshot: SpectatorSnapshot, tail: Stretch | null): RoomStory {
  const log = emptyLog(snapshot.cursor);
  if (!tail) return { snapshot, log };
  const events = tail.events.filter((event) => event.seq <= snapshot.cursor);
  return { snapshot, log: prepend(log, { ...tail, to: Math.min(tail.to, snapshot.cursor), events }) };
}

/**
 * The story after a frame. What the story already has is not told twice.
 * @param fold how an event changes the snapshot
 */
export function goOn(
  story: RoomStory,
  frame: Stretch,
  fold: (snapshot: SpectatorSnapshot, event: SpectatorEvent) => SpectatorSnapshot,
): RoomStory {
  if (frame.to <= story.log.to) return story;
  const news = frame.events.filter((event) => event.seq > story.log.to);
  const snapshot = news.reduce(fold, story.snapshot);
  return { snapshot: { ...snapshot, cursor: frame.to }, log: append(story.log, frame) };
}

/** The story with an earlier stretch of the log in front. */
export function lookBack(story: RoomStory, frame: Stretch): RoomStory {
  return { ...story, log: prepend(story.log, frame) };
}
