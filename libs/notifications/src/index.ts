export { NotifyPeople } from './application/notify-people.js';
export { NotificationsModule } from './notifications.module.js';
export { notificationsMigration } from './persistence/migrations.js';
