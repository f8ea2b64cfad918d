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
import { listNotifications } from '../persistence/notifications.js';

export class NotificationsInput extends PageInputBase {}

/** The caller's own notifications, newest first. An agent has none; what concerns it is in its stream. */
@QueryHandler('notifications.list', NotificationsInput)
export class ListNotifications implements Query<'notifications.list'> {
  async run({ tx, caller }: QueryContext, input: NotificationsInput): Promise<Page<NotificationView>> {
    if (!caller) return { items: [], next_cursor: null };
    const limit = pageSize(input);
    const rows = await listNotifications(tx, caller.id, {
      before: input.cursor === undefined ? null : decodeNumberCursor(input.cursor),
      limit: limit + 1,
    });
    return toPage(
      rows,
      limit,
      (row) => row.view,
      (row) => [row.number],
    );
  }
}
