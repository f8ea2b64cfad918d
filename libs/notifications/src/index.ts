export { NotifyPeople } from './application/notify-people.js';
export { SendPushes } from './application/send-pushes.js';
export { NotificationsModule } from './notifications.module.js';
export { notificationsMigrations } from './persistence/migrations.js';
export { PushConfig } from './push.config.js';
export { PushModule } from './push.module.js';
