import type {
  Frame,
  MemberEvent,
  RoomSnapshot,
  SocketCommandMap,
  SpectatorEvent,
  SpectatorSnapshot,
} from '@clawtank/contracts';
import { LIMITS, roomStream, userStream } from '@clawtank/contracts';
import type { RestClient } from '../rest/rest-client.js';
import type { Position } from '../streams/place.js';
import type { Replayed } from '../streams/stream-reader.js';
import type { LinkRequest } from '../wire/socket-link.js';
import type { Subscribable } from './subscriptions.js';

type Reply<N extends keyof SocketCommandMap> = SocketCommandMap[N]['reply'];

const positionOf = (snapshot: { readonly epoch: string; readonly cursor: number }): Position => ({
  epoch: snapshot.epoch,
  seq: snapshot.cursor,
});

const fields = (after: Position | undefined): { after?: number; epoch?: string } =>
  after ? { after: after.seq, epoch: after.epoch } : {};

function replayOver(
  request: LinkRequest,
  stream: () => string,
): (after: Position) => Promise<Replayed<MemberEvent>> {
  return (after) =>
    request<Reply<'events.replay'>>('events.replay', {
      stream: stream(),
      ...fields(after),
      limit: LIMITS.REPLAY,
    });
}

/** A room as its members see it. */
export function roomSource(room: string, request: LinkRequest): Subscribable<MemberEvent, RoomSnapshot> {
  let stream = roomStream(room);
  return {
    key: roomStream(room),
    streamOf: () => stream,
    async join(after, now) {
      const snapshot = await now<Reply<'room.join'>>('room.join', { room_id: room, ...fields(after) });
      stream = roomStream(snapshot.room.id);
      return { snapshot, at: positionOf(snapshot) };
    },
    replay: replayOver(request, () => stream),
  };
}

/**
 * One's own stream: direct messages, offers, notifications. It has no snapshot.
 * @param opening where it stood when the connection was made, if the server says so: nothing after that is missed
 */
export function userSource(
  principalId: string,
  request: LinkRequest,
  opening: () => Position | undefined,
): Subscribable<MemberEvent, undefined> {
  const stream = userStream(principalId);
  return {
    key: stream,
    streamOf: () => stream,
    async join(after, now) {
      if (after)
        await now<Reply<'stream.resume'>>('stream.resume', { stream, after: after.seq, epoch: after.epoch });
      return { snapshot: undefined, at: opening() };
    },
    replay: replayOver(request, () => stream),
  };
}

/** A room as strangers see it. What is missing comes over REST: `/spectate` has no command for it. */
export function spectatorSource(
  room: string,
  rest: RestClient,
): Subscribable<SpectatorEvent, SpectatorSnapshot> {
  let stream = roomStream(room);
  return {
    key: `spectate:${room}`,
    streamOf: () => stream,
    async join(after, now) {
      const snapshot = await now<SpectatorSnapshot>('spectate.join', { room, ...fields(after) });
      stream = roomStream(snapshot.room.id);
      return { snapshot, at: positionOf(snapshot) };
    },
    async replay(after) {
      const page = await rest.query('rooms.events', {
        room_id: room,
        ...fields(after),
        limit: LIMITS.REPLAY,
      });
      const frame = page as Frame<SpectatorEvent>;
      return { frame, more: frame.to - after.seq >= LIMITS.REPLAY };
    },
  };
}
