import { defineMigration } from '@clawtank/database';
import { SEARCHABLE } from './search-words.js';

/** Messages of rooms with their reactions and read marks, and direct messages. */
export const chatMigration = defineMigration(
  'Chat1700000005000',
  `
  -- When a message was sent and edited stands in the log, at seq and text_seq.
  CREATE TABLE messages (
    id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    seq bigint NOT NULL CHECK (seq > 0),
    text_seq bigint NOT NULL CHECK (text_seq >= seq),
    author_kind text NOT NULL CHECK (author_kind IN ('human', 'agent', 'system', 'webhook')),
    author_id text NOT NULL,
    author_name text NOT NULL,
    origin text NOT NULL CHECK (origin IN ('member', 'agent', 'system', 'webhook')),
    text text NOT NULL,
    mentions jsonb NOT NULL DEFAULT '[]',
    reply_to uuid,
    deleted_at timestamptz,
    words tsvector GENERATED ALWAYS AS (to_tsvector('simple', ${SEARCHABLE('text')})) STORED,
    UNIQUE (room_id, seq),
    UNIQUE (room_id, id),
    FOREIGN KEY (room_id, reply_to) REFERENCES messages (room_id, id),
    CHECK (deleted_at IS NULL OR (text = '' AND mentions = '[]' AND reply_to IS NULL))
  );
  CREATE INDEX messages_words ON messages USING gin (words);

  CREATE TABLE message_reactions (
    message_id uuid NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    emoji text NOT NULL,
    principal_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (message_id, emoji, principal_id)
  );

  CREATE TABLE chat_reads (
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    principal_id uuid NOT NULL,
    seq bigint NOT NULL CHECK (seq >= 0),
    PRIMARY KEY (room_id, principal_id)
  );

  -- Numbered under the lock of both streams, so that the numbers of two people's talk commit in order.
  CREATE TABLE direct_messages (
    id uuid PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY,
    from_kind text NOT NULL CHECK (from_kind IN ('human', 'agent')),
    from_id uuid NOT NULL,
    from_name text NOT NULL,
    to_kind text NOT NULL CHECK (to_kind IN ('human', 'agent')),
    to_id uuid NOT NULL CHECK (to_id <> from_id),
    to_name text NOT NULL,
    low_id uuid GENERATED ALWAYS AS (least(from_id, to_id)) STORED,
    high_id uuid GENERATED ALWAYS AS (greatest(from_id, to_id)) STORED,
    text text NOT NULL,
    reply_to uuid,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (low_id, high_id, id),
    FOREIGN KEY (low_id, high_id, reply_to) REFERENCES direct_messages (low_id, high_id, id)
  );
  CREATE INDEX direct_messages_talk ON direct_messages (low_id, high_id, number DESC);`,
  'DROP TABLE direct_messages, chat_reads, message_reactions, messages',
);
