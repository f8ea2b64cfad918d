import { LIMITS, type QueryReplyOf, roomStream } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import {
  AudienceProjector,
  readPosition,
  readStretch,
  StreamHub,
  type StretchOrResync,
  toFrame,
} from '@clawtank/events';
import { fail } from '../../domain/failures.js';
import { viewRoom } from '../access.js';
import { RoomEventsQuery } from '../inputs/query-inputs.js';

/** A frame of the room's stream in the caller's audience. It answers at once; the transport waits. */
@QueryHandler('rooms.events', RoomEventsQuery, { public: true })
export class RoomEvents implements Query<'rooms.events'> {
  constructor(
    private readonly hub: StreamHub,
    private readonly projector: AudienceProjector,
  ) {}

  async run({ tx, caller }: QueryContext, input: RoomEventsQuery): Promise<QueryReplyOf<'rooms.events'>> {
    const { room, standing } = await viewRoom(tx, caller, input.room_id);
    const { after = 0, limit = LIMITS.REPLAY, epoch } = input;
    const stretch = await this.read(tx, roomStream(room.id), { after, limit, epoch });
    if ('resync' in stretch) {
      throw fail('stream.resync', { stream: stretch.resync.stream, resync: stretch.resync.reason });
    }
    const watches = standing === 'stranger' || standing === 'spectator';
    const frame = toFrame(stretch, watches ? 'spectator' : 'member', this.projector);
    return frame as QueryReplyOf<'rooms.events'>;
  }

  /** Those who waited all want the news, which memory has; nobody is shown more than was there when access was checked. */
  private async read(
    tx: QueryContext['tx'],
    stream: string,
    { after, limit, epoch }: { after: number; limit: number; epoch: string | undefined },
  ): Promise<StretchOrResync> {
    const { head } = await readPosition(tx, stream);
    const near = after < head ? this.hub.atHand(stream, { after, limit, epoch, head }) : undefined;
    if (!near) return readStretch(tx, stream, after, limit, epoch);
    const events = near.events.filter(({ seq }) => seq <= head);
    return { ...near, head, to: Math.min(near.to, head), events };
  }
}
