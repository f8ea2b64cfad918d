export { NotifyPeople } from './application/notify.js';
export { NotificationsModule } from './notifications.module.js';
export { notificationsMigration } from './persistence/migrations.js';
