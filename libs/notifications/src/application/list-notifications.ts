import type { NotificationView, Page } from '@clawtank/contracts';
import {
  decodeCursor,
  PageInputBase,
  pageSize,
  type Query,
  type QueryContext,
  QueryHandler,
  toPage,
} from '@clawtank/commands';
import { listNotifications, notificationView } from '../persistence/notifications.js';

const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

class NotificationsQuery extends PageInputBase {}

@QueryHandler('notifications.list', NotificationsQuery)
export class ListNotifications implements Query<'notifications.list'> {
  async run({ tx, caller }: QueryContext, input: NotificationsQuery): Promise<Page<NotificationView>> {
    const limit = pageSize(input);
    const [before] = input.cursor ? decodeCursor(input.cursor, 1) : [AFTER_ALL];
    const rows = await listNotifications(tx, caller?.id ?? AFTER_ALL, String(before), limit);
    return toPage(rows, limit, notificationView, (row) => [row.id]);
  }
}
