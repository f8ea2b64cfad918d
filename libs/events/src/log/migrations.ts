import { defineMigration } from '@clawtank/database';

/** The log: streams with their heads, events, consumers' positions. */
export const logMigration = defineMigration(
  'Log1700000000000',
  `
  CREATE TABLE log_epoch (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    epoch uuid NOT NULL DEFAULT gen_random_uuid()
  );
  INSERT INTO log_epoch DEFAULT VALUES;

  CREATE TABLE streams (
    id text PRIMARY KEY CHECK (id ~ '^(global|(room|user):[0-9a-f-]{36})$'),
    head bigint NOT NULL DEFAULT 0 CHECK (head >= 0)
  );
  INSERT INTO streams (id) VALUES ('global');

  CREATE TABLE stream_events (
    stream text NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
    seq bigint NOT NULL CHECK (seq > 0),
    id uuid NOT NULL UNIQUE,
    type text NOT NULL,
    room_id uuid,
    at timestamptz NOT NULL,
    actor jsonb NOT NULL,
    data jsonb NOT NULL,
    PRIMARY KEY (stream, seq)
  );

  CREATE TABLE dirty_streams (
    stream text PRIMARY KEY REFERENCES streams (id) ON DELETE CASCADE,
    since timestamptz NOT NULL DEFAULT clock_timestamp()
  );

  CREATE TABLE consumer_positions (
    consumer text NOT NULL,
    stream text NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
    position bigint NOT NULL DEFAULT 0,
    failures int NOT NULL DEFAULT 0,
    last_error text,
    retry_at timestamptz,
    PRIMARY KEY (consumer, stream)
  );`,
  'DROP TABLE consumer_positions, dirty_streams, stream_events, streams, log_epoch',
);
