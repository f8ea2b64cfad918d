import { Module } from '@nestjs/common';
import { ListNotifications } from './application/list-notifications.js';
import { NotifyPeople } from './application/notify-people.js';

@Module({ providers: [NotifyPeople, ListNotifications], exports: [NotifyPeople] })
export class NotificationsModule {}
