import { defineMigration } from '@clawtank/database';

/** Rooms that an administrator has frozen. */
export const roomLocksMigration = defineMigration(
  'RoomLocks1700000009100',
  `ALTER TABLE rooms ADD COLUMN locked_at timestamptz, ADD COLUMN locked_reason text,
     ADD CHECK (locked_reason IS NULL OR locked_at IS NOT NULL);`,
  'ALTER TABLE rooms DROP COLUMN locked_at, DROP COLUMN locked_reason',
);
