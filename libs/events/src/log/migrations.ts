import { defineMigration } from '@clawtank/database';

/** The log: streams with their heads, events, consumers' positions. */
const logMigration = defineMigration(
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

/**
 * An event's envelope as members get it, so that who comes back is sent what is there. Whatever changes the event takes
 * the text away; it is then put together when it is read.
 */
const wireMigration = defineMigration(
  'LogWire1700000015000',
  `
  ALTER TABLE stream_events ADD COLUMN wire text;
  CREATE FUNCTION stream_events_without_wire() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.wire := NULL;
    RETURN NEW;
  END $$;
  CREATE TRIGGER stream_events_changed BEFORE UPDATE ON stream_events
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION stream_events_without_wire();`,
  `DROP TRIGGER stream_events_changed ON stream_events;
   DROP FUNCTION stream_events_without_wire;
   ALTER TABLE stream_events DROP COLUMN wire`,
);

/** The schema of the log, in order. */
export const logMigrations = [logMigration, wireMigration] as const;
