import { defineMigration } from '@clawtank/database';

/** Finds what the log has of the work on a task, and which task another one follows up. */
export const attemptsMigration = defineMigration(
  'TaskAttempts1700000014200',
  `
  CREATE INDEX stream_events_task_work ON stream_events ((data ->> 'task_id'), seq)
    WHERE type IN ('git.commit', 'agent.question') AND stream LIKE 'room:%';
  ALTER TABLE tasks ADD COLUMN follow_up_of uuid REFERENCES tasks (id) ON DELETE SET NULL CHECK (follow_up_of <> id);
  CREATE INDEX tasks_follow_up ON tasks (follow_up_of) WHERE follow_up_of IS NOT NULL;`,
  `DROP INDEX tasks_follow_up;
   ALTER TABLE tasks DROP COLUMN follow_up_of;
   DROP INDEX stream_events_task_work`,
);
