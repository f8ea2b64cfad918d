import { chatDirectReadsMigration } from './direct-reads-migration.js';
import { chatMigration } from './migrations.js';

/** The schema of this lib; the names carry the order. */
export const chatMigrations = [chatMigration, chatDirectReadsMigration] as const;
