import { authIdentitiesMigration } from './identities-migration.js';
import { authMigration } from './migrations.js';
import { authModerationMigration } from './moderation-migration.js';
import { authSessionsMigration } from './sessions-migration.js';

/** The schema of this lib; the names carry the order. */
export const authMigrations = [
  authMigration,
  authModerationMigration,
  authIdentitiesMigration,
  authSessionsMigration,
] as const;
