import { approvalsMigration } from './approvals-migration.js';
import { roomLocksMigration } from './locks-migration.js';
import { roomsMigration } from './migrations.js';

/** The schema of this lib; the names carry the order. */
export const roomsMigrations = [roomsMigration, roomLocksMigration, approvalsMigration] as const;
