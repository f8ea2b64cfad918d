import type { QueryInputOf, QueryReplyOf } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { requireMember, viewRoom } from '@clawtank/rooms';
import { listPending, suggestionView } from '../../persistence/suggestion-rows.js';
import { RoomListInput } from './room-input.js';

/** What waits for an answer; a room has few of them, so it is one page. */
@QueryHandler('suggestions.list', RoomListInput)
export class ListSuggestions implements Query<'suggestions.list'> {
  async run(
    { tx, caller }: QueryContext,
    input: QueryInputOf<'suggestions.list'>,
  ): Promise<QueryReplyOf<'suggestions.list'>> {
    const { room } = requireMember(await viewRoom(tx, caller, input.room_id));
    return { items: (await listPending(tx, room.id)).map(suggestionView), next_cursor: null };
  }
}
