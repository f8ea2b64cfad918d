import type { SpectatorSnapshot } from '@clawtank/contracts';
import { told } from '../story/log';
import type { RoomStory } from '../story/room-story';
import { type Chapter, chaptersOf } from './chapters';
import type { Reel } from './reel';
import { countAt, type Timeline, timelineOf } from './timeline';

/** A replay at one position. */
export interface Replayed {
  readonly timeline: Timeline;
  readonly chapters: readonly Chapter[];
  /** How many events have been told, of how many. */
  readonly count: number;
  readonly total: number;
  readonly story: RoomStory;
}

/** What of a reel does not change while it plays. */
export function measure(reel: Reel, skipQuiet: boolean): Pick<Replayed, 'timeline' | 'chapters' | 'total'> {
  const { events } = reel;
  const timeline = timelineOf(
    events.map(({ seq, at }) => ({ seq, at: Date.parse(at) })),
    skipQuiet,
  );
  const whole = { from: 1, to: events.at(-1)?.seq ?? 0, events };
  return { timeline, chapters: chaptersOf(told(whole)), total: events.length };
}

/** The room as it was after the first `count` events, and the log that led there. */
export function storyAt(reel: Reel, count: number): RoomStory {
  const snapshot: SpectatorSnapshot = reel.at(count);
  const events = reel.events.slice(0, count);
  return { snapshot, log: { from: 1, to: snapshot.cursor, events } };
}

export const countOf = (timeline: Timeline, position: number): number => countAt(timeline, position);
