import type { BlockView, Page, UserRef } from '@clawtank/contracts';
import {
  type Command,
  type CommandContext,
  CommandHandler,
  decodeCursor,
  pageSize,
  type Query,
  type QueryContext,
  QueryHandler,
  toPage,
} from '@clawtank/commands';
import { isId } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import { deleteBlock, insertBlock, listBlocks } from '../persistence/blocks.js';
import { findUser } from '../persistence/users.js';
import { AgentListQuery, UserRefBody } from './inputs.js';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

function authorise({ caller }: CommandContext): Promise<void> {
  if (caller.kind !== 'human') throw fail('auth.people_only', {});
  return Promise.resolve();
}

@CommandHandler('user.block', UserRefBody)
export class BlockUser implements Command<'user.block'> {
  authorise = authorise;

  async run({ tx, caller }: CommandContext, { user_id }: UserRef): Promise<{ user_id: string }> {
    if (user_id === caller.id) throw fail('user.block_self', {});
    if (!(await findUser(tx, user_id))) throw fail('user.not_found', {});
    await insertBlock(tx, caller.id, user_id);
    return { user_id };
  }
}

@CommandHandler('user.unblock', UserRefBody)
export class UnblockUser implements Command<'user.unblock'> {
  authorise = authorise;

  async run({ tx, caller }: CommandContext, { user_id }: UserRef): Promise<{ user_id: string }> {
    if (!(await deleteBlock(tx, caller.id, user_id))) throw fail('user.not_blocked', {});
    return { user_id };
  }
}

@QueryHandler('blocks.list', AgentListQuery)
export class ListBlocks implements Query<'blocks.list'> {
  async run({ tx, caller }: QueryContext, input: AgentListQuery): Promise<Page<BlockView>> {
    if (!caller) throw fail('auth.bad_token', {});
    const limit = pageSize(input);
    const [after] = input.cursor ? decodeCursor(input.cursor, 1) : [BEFORE_ALL];
    if (!isId(String(after))) throw fail('agent.bad_cursor', {});
    const rows = await listBlocks(tx, caller.userId, String(after), limit);
    return toPage(
      rows,
      limit,
      (row) => row,
      (row) => [row.user.id],
    );
  }
}
