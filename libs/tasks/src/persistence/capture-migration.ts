import { defineMigration } from '@clawtank/database';

/** What else was heard with a suggestion: what it waits for, and which skills it takes. */
export const captureMigration = defineMigration(
  'TaskCapture1700000014300',
  `ALTER TABLE task_suggestions
     ADD COLUMN depends_on uuid[] NOT NULL DEFAULT '{}',
     ADD COLUMN capabilities text[] NOT NULL DEFAULT '{}',
     ADD COLUMN languages text[] NOT NULL DEFAULT '{}'`,
  `ALTER TABLE task_suggestions DROP COLUMN depends_on, DROP COLUMN capabilities, DROP COLUMN languages`,
);
