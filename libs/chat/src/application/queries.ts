import {
  decodeNumberCursor,
  pageSize,
  type Query,
  type QueryContext,
  QueryHandler,
  toPage,
} from '@clawtank/commands';
import type { DirectMessageView, MessageView, Page } from '@clawtank/contracts';
import { viewRoom } from '@clawtank/rooms';
import { listDirectMessages } from '../persistence/direct-messages.js';
import { listMessages } from '../persistence/message-lists.js';
import { DirectMessagesInput, MessagesInput } from './inputs.js';

const seqIn = (cursor: string | undefined): number | undefined =>
  cursor === undefined ? undefined : decodeNumberCursor(cursor);

/** A room's history and its search. What strangers see of a public room's messages is the same. */
@QueryHandler('messages.list', MessagesInput, { public: true })
export class ListMessages implements Query<'messages.list'> {
  async run({ tx, caller }: QueryContext, input: MessagesInput): Promise<Page<MessageView>> {
    const { room } = await viewRoom(tx, caller, input.room_id);
    const limit = pageSize(input);
    const onwards = input.after !== undefined;
    const place = seqIn(input.cursor);
    const messages = await listMessages(tx, room.id, {
      before: onwards ? input.before : (place ?? input.before),
      after: onwards ? (place ?? input.after) : undefined,
      q: input.q,
      order: onwards ? 'oldest_first' : 'newest_first',
      limit: limit + 1,
    });
    return toPage(
      messages,
      limit,
      (message) => message,
      (message) => [message.seq],
    );
  }
}

/** What the caller and one other have written to each other. An agent's owner does not read along. */
@QueryHandler('direct_messages.list', DirectMessagesInput)
export class ListDirectMessages implements Query<'direct_messages.list'> {
  async run({ tx, caller }: QueryContext, input: DirectMessagesInput): Promise<Page<DirectMessageView>> {
    if (!caller) return { items: [], next_cursor: null };
    const limit = pageSize(input);
    const messages = await listDirectMessages(tx, caller.id, input.with, {
      before: seqIn(input.cursor) ?? null,
      limit: limit + 1,
    });
    return toPage(
      messages,
      limit,
      (message) => message.view,
      (message) => [message.number],
    );
  }
}
