import type { QueryInputOf, QueryReplyOf } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { principalsOf, requireMember, viewRoom } from '@clawtank/rooms';
import { budgetView } from '../budget-view.js';
import { readBudgets } from '../budgets.js';
import { RoomListInput } from './room-input.js';

/** The room's budget and the caller's own (its owner's, for an agent); to the host those of everybody. */
@QueryHandler('budgets.list', RoomListInput)
export class ListBudgets implements Query<'budgets.list'> {
  async run(
    { tx, caller }: QueryContext,
    input: QueryInputOf<'budgets.list'>,
  ): Promise<QueryReplyOf<'budgets.list'>> {
    const { room } = requireMember(await viewRoom(tx, caller, input.room_id));
    const all = caller?.id === room.hostId;
    const budgets = await readBudgets(
      tx,
      room.id,
      ({ ownerId }) => all || ownerId === null || ownerId === caller?.userId,
    );
    const people = new Map((await principalsOf(tx, room.id)).map(({ id, name }) => [id, name]));
    const items = budgets.map((one) => {
      const id = one.budget.ownerId;
      return budgetView(one, id === null ? null : { kind: 'human', id, name: people.get(id) ?? '' });
    });
    return { items, next_cursor: null };
  }
}
