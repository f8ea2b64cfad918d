import { defineMigration } from '@clawtank/database';

/** How far each reader has read each of their talks: the number of the last message read. */
export const chatDirectReadsMigration = defineMigration(
  'ChatDirectReads1700000080100',
  `
  CREATE TABLE direct_reads (
    reader_id uuid NOT NULL,
    other_id uuid NOT NULL CHECK (other_id <> reader_id),
    number bigint NOT NULL CHECK (number > 0),
    PRIMARY KEY (reader_id, other_id)
  );
  CREATE INDEX direct_messages_low ON direct_messages (low_id, number DESC);
  CREATE INDEX direct_messages_high ON direct_messages (high_id, number DESC);`,
  'DROP INDEX direct_messages_low, direct_messages_high; DROP TABLE direct_reads',
);
