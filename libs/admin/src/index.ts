export { AdminModule } from './admin.module.js';
export { AdminAction } from './application/admin-action.js';
export { AdminAccountAudit } from './application/account-audit.js';
export { Examinations } from './application/doctor.js';
export { adminMigration } from './persistence/migrations.js';
