import { defineMigration } from '@clawtank/database';

/** What agents may take on in a room, what they say they used, and whether the host heard that nobody takes a task. */
export const budgetsMigration = defineMigration(
  'TaskBudgets1700000014500',
  `
  CREATE TABLE task_budgets (
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    -- Null: for all agents of the room.
    owner_id uuid REFERENCES users (id) ON DELETE CASCADE,
    period text NOT NULL CHECK (period IN ('day', 'total')),
    tasks bigint CHECK (tasks >= 0),
    minutes bigint CHECK (minutes >= 0),
    tokens bigint CHECK (tokens >= 0),
    cost_cents bigint CHECK (cost_cents >= 0),
    set_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE NULLS NOT DISTINCT (room_id, owner_id),
    CHECK (num_nonnulls(tasks, minutes, tokens, cost_cents) > 0)
  );
  -- Reports of agents, summed by claim and day (of UTC).
  CREATE TABLE claim_usage (
    task_id uuid NOT NULL,
    fence int NOT NULL,
    day date NOT NULL,
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    owner_id uuid NOT NULL,
    tokens bigint NOT NULL CHECK (tokens >= 0),
    cost_cents bigint NOT NULL CHECK (cost_cents >= 0),
    PRIMARY KEY (task_id, fence, day),
    FOREIGN KEY (task_id, fence) REFERENCES task_claims (task_id, fence) ON DELETE CASCADE
  );
  CREATE INDEX claim_usage_room ON claim_usage (room_id, day);
  CREATE INDEX task_claims_since ON task_claims (room_id, claimed_at) WHERE claimant_kind = 'agent';
  ALTER TABLE tasks ADD COLUMN unclaimed_due_at timestamptz;
  CREATE INDEX tasks_unclaimed_due ON tasks (unclaimed_due_at)
    WHERE unclaimed_due_at IS NOT NULL AND status = 'open';
  ALTER TABLE tasks ADD COLUMN unclaimed_round int;`,
  `ALTER TABLE tasks DROP COLUMN unclaimed_round;
   DROP INDEX tasks_unclaimed_due;
   ALTER TABLE tasks DROP COLUMN unclaimed_due_at;
   DROP INDEX task_claims_since;
   DROP TABLE claim_usage, task_budgets`,
);
