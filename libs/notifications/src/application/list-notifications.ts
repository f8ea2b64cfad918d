import {
  decodeNumberCursor,
  PageInputBase,
  pageSize,
  type Query,
  type QueryContext,
  QueryHandler,
  toPage,
} from '@clawtank/commands';
import type { NotificationView, Page } from '@clawtank/contracts';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';
import { listNotifications } from '../persistence/notifications.js';

export class NotificationsInput extends PageInputBase {
  /** Only what still needs the reader. Over REST it arrives as text. */
  @IsOptional()
  @IsBoolean()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  waiting?: boolean;
}

/** The caller's own notifications, newest first. An agent has none; what concerns it is in its stream. */
@QueryHandler('notifications.list', NotificationsInput)
export class ListNotifications implements Query<'notifications.list'> {
  async run({ tx, caller }: QueryContext, input: NotificationsInput): Promise<Page<NotificationView>> {
    if (!caller) return { items: [], next_cursor: null };
    const limit = pageSize(input);
    const before = input.cursor === undefined ? null : decodeNumberCursor(input.cursor);
    const filter = { before, waiting: input.waiting ?? false };
    const rows = await listNotifications(tx, caller.id, filter, limit + 1);
    return toPage(
      rows,
      limit,
      (row) => row.view,
      (row) => [row.number],
    );
  }
}
