import type { Frame, SpectatorEvent } from '@clawtank/contracts';
import type { LogSlice } from '../story/log';
import { beginStory, type RoomStory, TAIL } from '../story/room-story';
import { type Base, readEvents, readRoom } from './rooms';

const PAGE = 1_000;
const PAGES = 3;

/** A room with the tail of its log. Throws ApiError 404 for a room that is missing or private. */
export async function readStory(base: Base, room: string, signal?: AbortSignal): Promise<RoomStory> {
  const snapshot = await readRoom(base, room, signal);
  const after = Math.max(0, snapshot.cursor - TAIL);
  const tail = await readEvents(base, snapshot.room.slug, after, TAIL, signal).catch(() => null);
  return beginStory(snapshot, tail);
}

/**
 * What came before a log, page by page back, until `since` (milliseconds since 1970) or the room's first event.
 * Three pages at most: beyond that a lane is a blur anyway.
 */
export async function* readPast(
  room: string,
  log: LogSlice,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<Frame<SpectatorEvent>, void, void> {
  let { from } = log;
  let first = log.events[0];
  for (let page = 0; page < PAGES && from > 1; page += 1) {
    if (first && Date.parse(first.at) < since) return;
    const after = Math.max(0, from - 1 - PAGE);
    const frame = await readEvents('', room, after, from - 1 - after, signal);
    if (frame.from !== after + 1) return;
    yield frame;
    from = frame.from;
    first = frame.events[0] ?? first;
  }
}
