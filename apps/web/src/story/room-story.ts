import type { Frame, SpectatorEvent, SpectatorSnapshot } from '@clawtank/contracts';
import { append, emptyLog, type LogSlice, prepend } from './log';

/** What every form of a room's snapshot has: the one of members holds more, the one of strangers less. */
export type RoomFacts = Pick<
  SpectatorSnapshot,
  | 'members'
  | 'agents'
  | 'tasks'
  | 'messages'
  | 'leases'
  | 'pull_requests'
  | 'conflicts'
  | 'xp'
  | 'decisions'
  | 'cursor'
  | 'epoch'
>;

/** A room as its reader has it: how it stands, and the stretch of its log that led there. */
export interface RoomStory<S extends RoomFacts = SpectatorSnapshot> {
  readonly snapshot: S;
  readonly log: LogSlice;
}

type Stretch<E = SpectatorEvent> = Pick<Frame<E>, 'from' | 'to' | 'events'>;

/** How many numbers before the snapshot a page is sent with: enough to fill the chat. */
export const TAIL = 100;

/** A snapshot with what came right before it; what the log tells beyond the snapshot is left to the stream. */
export function beginStory<S extends RoomFacts>(snapshot: S, tail: Stretch | null): RoomStory<S> {
  const log = emptyLog(snapshot.cursor);
  if (!tail) return { snapshot, log };
  const events = tail.events.filter((event) => event.seq <= snapshot.cursor);
  return { snapshot, log: prepend(log, { ...tail, to: Math.min(tail.to, snapshot.cursor), events }) };
}

/**
 * The story after a frame. What the story already has is not told twice.
 * @param fold how an event changes the snapshot
 */
export function goOn<S extends RoomFacts>(
  story: RoomStory<S>,
  frame: Stretch,
  fold: (snapshot: S, event: SpectatorEvent) => S,
): RoomStory<S> {
  return goOnTelling(story, frame, fold, (event) => event);
}

/** `goOn` where the reader hears more than the log tells of: `told` picks what it does. */
export function goOnTelling<S extends RoomFacts, E extends { readonly seq: number }>(
  story: RoomStory<S>,
  frame: Stretch<E>,
  fold: (snapshot: S, event: E) => S,
  told: (event: E) => SpectatorEvent | null,
): RoomStory<S> {
  if (frame.to <= story.log.to) return story;
  const news = frame.events.filter((event) => event.seq > story.log.to);
  const snapshot = news.reduce(fold, story.snapshot);
  const events = news.flatMap((event) => told(event) ?? []);
  return { snapshot: { ...snapshot, cursor: frame.to }, log: append(story.log, { ...frame, events }) };
}

/** The story with an earlier stretch of the log in front. */
export function lookBack<S extends RoomFacts>(story: RoomStory<S>, frame: Stretch): RoomStory<S> {
  return { ...story, log: prepend(story.log, frame) };
}
