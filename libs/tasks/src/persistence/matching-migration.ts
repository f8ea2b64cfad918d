import { defineMigration } from '@clawtank/database';

/** What matching looks at: since when a task is open, what an agent's claims came to, how it stands. */
export const matchingMigration = defineMigration(
  'TaskMatching1700000014000',
  `
  ALTER TABLE tasks
    ADD COLUMN open_since timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- When more agents are to be asked; null while nobody is left to ask.
    ADD COLUMN offers_due_at timestamptz;
  UPDATE tasks SET open_since = updated_at;
  CREATE INDEX tasks_offers_due ON tasks (offers_due_at) WHERE offers_due_at IS NOT NULL AND status = 'open';

  CREATE INDEX task_claims_ended_of ON task_claims (claimant_id, ended_at DESC) WHERE ended_at IS NOT NULL;
  CREATE INDEX task_claims_in_room ON task_claims (room_id, claimant_id, claimed_at DESC);

  -- The XP of agents as the log last told it.
  CREATE TABLE agent_standings (
    agent_id uuid PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
    xp double precision NOT NULL,
    told_at timestamptz NOT NULL
  );`,
  `DROP TABLE agent_standings;
   DROP INDEX task_claims_in_room, task_claims_ended_of, tasks_offers_due;
   ALTER TABLE tasks DROP COLUMN offers_due_at, DROP COLUMN open_since`,
);
