import { defineMigration } from '@clawtank/database';

/** Keeps the day by which something is wanted, and every message that it was heard in. */
export const sourcesMigration = defineMigration(
  'TaskSources1700000015050',
  `
  ALTER TABLE tasks ADD COLUMN deadline date, ADD COLUMN source_message_ids uuid[] NOT NULL DEFAULT '{}';
  UPDATE tasks SET source_message_ids = ARRAY[source_message_id] WHERE source_message_id IS NOT NULL;
  ALTER TABLE tasks DROP COLUMN source_message_id;
  CREATE INDEX tasks_sources ON tasks USING gin (source_message_ids);
  ALTER TABLE task_suggestions
    ADD COLUMN deadline date,
    -- Messages besides the one that it was heard in, and where in the log it was told again.
    ADD COLUMN further_message_ids uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN further_event_seqs bigint[] NOT NULL DEFAULT '{}',
    ADD COLUMN follow_up_of uuid REFERENCES tasks (id) ON DELETE SET NULL;
  CREATE INDEX task_suggestions_follow_up ON task_suggestions (follow_up_of) WHERE follow_up_of IS NOT NULL;`,
  `
  DROP INDEX task_suggestions_follow_up;
  ALTER TABLE task_suggestions DROP COLUMN deadline, DROP COLUMN further_message_ids,
    DROP COLUMN further_event_seqs, DROP COLUMN follow_up_of;
  DROP INDEX tasks_sources;
  ALTER TABLE tasks ADD COLUMN source_message_id uuid;
  UPDATE tasks SET source_message_id = source_message_ids[1];
  ALTER TABLE tasks DROP COLUMN source_message_ids, DROP COLUMN deadline`,
);
