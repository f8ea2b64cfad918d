import { defineMigration } from '@clawtank/database';

/** What people were told, one row per person and cause, and whom to tell about a task. */
export const notificationsMigration = defineMigration(
  'Notifications1700000008000',
  `
  CREATE TABLE notifications (
    id uuid PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY,
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
  CREATE INDEX notifications_of_user ON notifications (user_id, number DESC);

  -- Derived from the log: the person who made each task, and the one behind whoever holds it.
  CREATE TABLE task_people (
    task_id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    creator_id uuid,
    holder_id uuid
  );`,
  'DROP TABLE task_people, notifications',
);
