import { Module } from '@nestjs/common';
import { ListNotifications } from './application/list-notifications.js';
import { NotifyPeople } from './application/notify.js';

@Module({ providers: [NotifyPeople, ListNotifications], exports: [NotifyPeople] })
export class NotificationsModule {}
