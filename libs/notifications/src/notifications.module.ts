import { Module } from '@nestjs/common';
import { ListNotifications } from './application/list-notifications.js';
import { NotifyPeople } from './application/notify-people.js';
import { ReadNotifications } from './application/read-notifications.js';

@Module({ providers: [NotifyPeople, ListNotifications, ReadNotifications], exports: [NotifyPeople] })
export class NotificationsModule {}
