import type { QueryInputOf, QueryReplyOf } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { requireMember, viewRoom } from '@clawtank/rooms';
import { leaseView, listLeases as readLeases } from '../../persistence/lease-rows.js';
import { RoomListInput } from './room-input.js';

/** What the live claims of a room hold, as one page. */
@QueryHandler('leases.list', RoomListInput)
export class ListLeases implements Query<'leases.list'> {
  async run(
    { tx, caller }: QueryContext,
    input: QueryInputOf<'leases.list'>,
  ): Promise<QueryReplyOf<'leases.list'>> {
    const { room } = requireMember(await viewRoom(tx, caller, input.room_id));
    return { items: (await readLeases(tx, room.id)).map(leaseView), next_cursor: null };
  }
}
