import type { QueryInputOf, QueryReplyOf } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { ConnectionViews } from '../connection-view.js';
import { seeRoom } from './access.js';
import { RoomQuery } from './inputs.js';

@QueryHandler('repository.connection', RoomQuery)
export class GetConnection implements Query<'repository.connection'> {
  constructor(private readonly views: ConnectionViews) {}

  async run(
    context: QueryContext,
    input: QueryInputOf<'repository.connection'>,
  ): Promise<QueryReplyOf<'repository.connection'>> {
    const { id } = await seeRoom(context, input.room_id);
    return { connection: await this.views.of(context.tx, id) };
  }
}
