import { defineMigration } from '@clawtank/database';

/** What somebody was told; one row per person and cause. */
export const notificationsMigration = defineMigration(
  'Notifications1700000008000',
  `CREATE TABLE notifications (
     id uuid PRIMARY KEY,
     user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
     cause uuid NOT NULL,
     kind text NOT NULL,
     text text NOT NULL,
     room_id uuid REFERENCES rooms (id) ON DELETE CASCADE,
     task_id uuid,
     created_at timestamptz NOT NULL DEFAULT now(),
     read_at timestamptz,
     UNIQUE (user_id, cause)
   );
   CREATE INDEX notifications_of_user ON notifications (user_id, id DESC);`,
  'DROP TABLE notifications',
);
