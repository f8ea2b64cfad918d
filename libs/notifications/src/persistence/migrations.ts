import { defineMigration } from '@clawtank/database';

/** What people were told, one row per person and cause, and whom to tell about a task. */
const notificationsMigration = defineMigration(
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

/** What each of them waits for, and when that was done. */
const settlingMigration = defineMigration(
  'NotificationsSettling1700000009300',
  `ALTER TABLE notifications ADD COLUMN subject text, ADD COLUMN settled_at timestamptz;
   CREATE INDEX notifications_waiting ON notifications (room_id, subject)
     WHERE subject IS NOT NULL AND settled_at IS NULL;`,
  'ALTER TABLE notifications DROP COLUMN subject, DROP COLUMN settled_at',
);

/** Devices that take pushes, the pushes that wait to be sent, and the server's own keys for them. */
const pushMigration = defineMigration(
  'NotificationsPush1700000009700',
  `
  CREATE TABLE push_keys (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    public_key text NOT NULL,
    private_key text NOT NULL
  );
  CREATE TABLE push_subscriptions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    endpoint text NOT NULL UNIQUE,
    p256dh text NOT NULL,
    auth text NOT NULL,
    label text NOT NULL,
    kinds text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_sent_at timestamptz
  );
  CREATE INDEX push_subscriptions_of_user ON push_subscriptions (user_id, created_at);

  CREATE TABLE push_outbox (
    id uuid PRIMARY KEY,
    subscription_id uuid NOT NULL REFERENCES push_subscriptions (id) ON DELETE CASCADE,
    cause uuid NOT NULL,
    notification_id uuid REFERENCES notifications (id) ON DELETE CASCADE,
    room_id uuid REFERENCES rooms (id) ON DELETE CASCADE,
    kind text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    path text NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (subscription_id, cause)
  );
  CREATE INDEX push_outbox_due ON push_outbox (due_at);`,
  'DROP TABLE push_outbox, push_subscriptions, push_keys',
);

/** The schema of this lib; the names carry the order. */
export const notificationsMigrations = [notificationsMigration, settlingMigration, pushMigration] as const;
