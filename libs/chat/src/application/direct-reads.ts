import {
  actorOf,
  type Command,
  type CommandContext,
  CommandHandler,
  decodeNumberCursor,
  pageSize,
  PageInputBase,
  type Query,
  type QueryContext,
  QueryHandler,
  toPage,
} from '@clawtank/commands';
import {
  type ChatDirectReadInput,
  type DirectTalkView,
  type Page,
  type QueryInputOf,
  userStream,
} from '@clawtank/contracts';
import { fail } from '../domain/failures.js';
import { isBetween } from '../persistence/direct-messages.js';
import { listTalks, moveDirectMark } from '../persistence/direct-reads.js';
import { DirectReadBody } from './inputs.js';

/** Remembers how far the caller has read a talk, and tells their other devices. The other is told nothing. */
@CommandHandler('chat.direct_read', DirectReadBody)
export class MarkDirectRead implements Command<'chat.direct_read'> {
  async authorise({ tx, caller }: CommandContext, input: ChatDirectReadInput): Promise<void> {
    const known = await isBetween(tx, caller.id, input.with, input.up_to);
    if (!known) throw fail('message.not_found', {});
  }

  async run(
    { tx, caller }: CommandContext,
    input: ChatDirectReadInput,
  ): Promise<{ with: string; up_to: string }> {
    const data = { with: input.with, up_to: input.up_to };
    if (await moveDirectMark(tx, caller.id, data.with, data.up_to)) {
      tx.appendTo(userStream(caller.id), { type: 'chat.direct_read', actor: actorOf(caller), data });
    }
    return data;
  }
}

/** Those whom the caller writes with. An agent's owner does not read along. */
@QueryHandler('direct_talks.list', PageInputBase)
export class ListDirectTalks implements Query<'direct_talks.list'> {
  async run(
    { tx, caller }: QueryContext,
    input: QueryInputOf<'direct_talks.list'>,
  ): Promise<Page<DirectTalkView>> {
    if (!caller) return { items: [], next_cursor: null };
    const limit = pageSize(input);
    const before = input.cursor === undefined ? null : decodeNumberCursor(input.cursor);
    const talks = await listTalks(tx, caller.id, { before, limit: limit + 1 });
    return toPage(
      talks,
      limit,
      ({ view }) => view,
      ({ number }) => [number],
    );
  }
}
