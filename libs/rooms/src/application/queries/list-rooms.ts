import type { Page, PublicRoomView } from '@clawtank/contracts';
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  type Query,
  type QueryContext,
  QueryHandler,
} from '@clawtank/commands';
import { isId } from '@clawtank/kernel';
import { fail } from '../../domain/failures.js';
import { listRooms } from '../../persistence/directory.js';
import { RoomListQuery } from '../inputs/query-inputs.js';
import { PublicRooms } from '../public-rooms.js';

/** The public directory, or the caller's own rooms; newest first. */
@QueryHandler('rooms.list', RoomListQuery, { public: true })
export class ListRooms implements Query<'rooms.list'> {
  constructor(private readonly rooms: PublicRooms) {}

  async run({ tx, caller }: QueryContext, input: RoomListQuery): Promise<Page<PublicRoomView>> {
    const mine = input.mine ?? false;
    if (mine && !caller) throw fail('auth.required', {});
    const limit = pageSize(input);
    const filter = {
      userId: caller?.userId ?? null,
      mine,
      q: input.q?.trim() || null,
      state: input.state ?? null,
      before: beforeOf(input),
    };
    const rows = await listRooms(tx, filter, limit);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const next = rows.length > limit && last ? encodeCursor([last.id]) : null;
    return { items: await this.rooms.complete(tx, page), next_cursor: next };
  }
}

function beforeOf({ cursor }: RoomListQuery): string | null {
  if (cursor === undefined) return null;
  const id = String(decodeCursor(cursor, 1)[0]);
  if (isId(id)) return id;
  throw fail('input.invalid', {}, { errors: [{ path: 'cursor', message: 'is not a cursor of this list' }] });
}
