import {
  actorOf,
  type Command,
  type CommandContext,
  CommandHandler,
  CommandInputBase,
} from '@clawtank/commands';
import { LIMITS, type NotificationReadInput, userStream } from '@clawtank/contracts';
import { ArrayMaxSize, IsArray, IsOptional, IsUUID } from 'class-validator';
import { markRead } from '../persistence/notifications.js';

export class NotificationReadBody extends CommandInputBase implements NotificationReadInput {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(LIMITS.PAGE)
  @IsUUID(undefined, { each: true })
  ids?: string[];
}

/** Marks the caller's own notifications as read, on all their devices; another's are not touched, whatever ids are given. */
@CommandHandler('notification.read', NotificationReadBody)
export class ReadNotifications implements Command<'notification.read'> {
  authorise(): Promise<void> {
    return Promise.resolve();
  }

  async run({ tx, caller }: CommandContext, { ids }: NotificationReadInput): Promise<{ read: number }> {
    const read = await markRead(tx, caller.id, ids ?? null);
    const data = { ids: ids ?? null };
    if (read > 0) {
      tx.appendTo(userStream(caller.id), { type: 'system.notifications_read', actor: actorOf(caller), data });
    }
    return { read };
  }
}
