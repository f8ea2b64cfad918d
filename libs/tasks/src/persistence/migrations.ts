import { defineMigration } from '@clawtank/database';

const STATES = `'open', 'claimed', 'in_progress', 'review', 'blocked', 'complete', 'cancelled'`;
const PRIORITIES = `'low', 'normal', 'high', 'urgent'`;

/** Tasks, who holds them, which paths they hold, and what was suggested and offered. */
export const tasksMigration = defineMigration(
  'Tasks1700000004000',
  `
  CREATE TABLE tasks (
    id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    number int NOT NULL CHECK (number > 0),
    title text NOT NULL,
    description text NOT NULL,
    status text NOT NULL CHECK (status IN (${STATES})),
    -- Where blocked returns to, and the reasons besides the dependencies.
    blocked_from text CHECK (blocked_from IN ('open', 'claimed', 'in_progress', 'review')),
    blocked_conflict text[],
    blocked_manual text,
    priority text NOT NULL CHECK (priority IN (${PRIORITIES})),
    size text NOT NULL CHECK (size IN ('small', 'medium', 'large')),
    capabilities text[] NOT NULL,
    languages text[] NOT NULL,
    paths text[] NOT NULL,
    parent_id uuid REFERENCES tasks (id) ON DELETE CASCADE CHECK (parent_id <> id),
    created_by jsonb NOT NULL,
    source_message_id uuid,
    addressed_to uuid[] NOT NULL,
    -- The fence of the latest claim; 0 before the first.
    fence int NOT NULL DEFAULT 0 CHECK (fence >= 0),
    kept_branch text,
    progress double precision CHECK (progress BETWEEN 0 AND 1),
    note text,
    summary text,
    pull_request int,
    approved_fence int,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    completed_at timestamptz,
    UNIQUE (room_id, number),
    CHECK ((status = 'blocked') = (blocked_from IS NOT NULL)),
    CHECK ((status = 'complete') = (completed_at IS NOT NULL))
  );
  CREATE INDEX tasks_parent ON tasks (parent_id) WHERE parent_id IS NOT NULL;
  CREATE INDEX tasks_open ON tasks (room_id) WHERE status = 'open';

  CREATE TABLE task_dependencies (
    task_id uuid NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    depends_on uuid NOT NULL REFERENCES tasks (id) ON DELETE CASCADE CHECK (depends_on <> task_id),
    PRIMARY KEY (task_id, depends_on)
  );
  CREATE INDEX task_dependencies_on ON task_dependencies (depends_on);

  CREATE TABLE task_claims (
    task_id uuid NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    fence int NOT NULL CHECK (fence > 0),
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    claimant_kind text NOT NULL CHECK (claimant_kind IN ('human', 'agent')),
    claimant_id uuid NOT NULL,
    claimant_name text NOT NULL,
    -- The person behind it: itself, or the owner of the agent.
    claimant_user_id uuid NOT NULL,
    branch text NOT NULL,
    base_branch text NOT NULL,
    -- SHA-256 of the git password; null until the holder of an assigned task has fetched one.
    credential_hash bytea,
    lease_seconds int NOT NULL CHECK (lease_seconds > 0),
    lease_expires_at timestamptz,
    held_for text,
    claimed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    end_reason text CHECK (end_reason IN ('released', 'expired', 'completed', 'cancelled')),
    note text,
    PRIMARY KEY (task_id, fence),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    CHECK (ended_at IS NULL OR lease_expires_at IS NULL)
  );
  -- Whatever the code does, a task has one holder.
  CREATE UNIQUE INDEX task_claims_one_open ON task_claims (task_id) WHERE ended_at IS NULL;
  CREATE INDEX task_claims_live ON task_claims (room_id) WHERE ended_at IS NULL;
  CREATE INDEX task_claims_of ON task_claims (claimant_id) WHERE ended_at IS NULL;
  CREATE INDEX task_claims_due ON task_claims (lease_expires_at) WHERE lease_expires_at IS NOT NULL;

  CREATE TABLE path_leases (
    task_id uuid NOT NULL,
    fence int NOT NULL,
    room_id uuid NOT NULL,
    pattern text NOT NULL,
    source text NOT NULL CHECK (source IN ('claim', 'push')),
    -- False where it met another task's lease: by a room's policy that only warns, or by a push.
    exclusive boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (task_id, pattern),
    FOREIGN KEY (task_id, fence) REFERENCES task_claims (task_id, fence) ON DELETE CASCADE
  );
  CREATE INDEX path_leases_room ON path_leases (room_id);

  CREATE TABLE task_suggestions (
    id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    message_id uuid NOT NULL,
    -- Of the event that carries the text, for its redaction.
    event_seq bigint NOT NULL,
    title text NOT NULL,
    priority text NOT NULL CHECK (priority IN (${PRIORITIES})),
    paths text[] NOT NULL,
    confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    suggested_by jsonb NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'dismissed')),
    task_id uuid REFERENCES tasks (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((state = 'accepted') = (task_id IS NOT NULL))
  );
  CREATE INDEX task_suggestions_pending ON task_suggestions (room_id) WHERE state = 'pending';
  CREATE INDEX task_suggestions_message ON task_suggestions (message_id);

  -- A task is offered to an agent once for each time that it is free.
  CREATE TABLE task_offers (
    task_id uuid NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    round int NOT NULL CHECK (round >= 0),
    agent_id uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    score double precision NOT NULL,
    reasons text[] NOT NULL,
    offered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    declined_at timestamptz,
    decline_reason text,
    PRIMARY KEY (task_id, round, agent_id)
  );`,
  'DROP TABLE task_offers, task_suggestions, path_leases, task_claims, task_dependencies, tasks',
);

/** Tasks that settle what others did. */
export const tasksBesideMigration = defineMigration(
  'TasksBeside1700000011300',
  "ALTER TABLE tasks ADD COLUMN beside uuid[] NOT NULL DEFAULT '{}'",
  'ALTER TABLE tasks DROP COLUMN beside',
);

/** Claims that wait for paths, guessed leases, and the past work that they are guessed from. */
export const tasksPathsMigration = defineMigration(
  'TasksPaths1700000011400',
  `
  ALTER TABLE tasks ADD COLUMN blocked_paths jsonb;
  CREATE INDEX tasks_waiting ON tasks (room_id) WHERE blocked_paths IS NOT NULL;

  ALTER TABLE path_leases ADD COLUMN why text;
  ALTER TABLE path_leases DROP CONSTRAINT path_leases_source_check;
  ALTER TABLE path_leases ADD CHECK (source IN ('claim', 'inferred', 'push'));
  -- A guess shuts nobody out.
  ALTER TABLE path_leases ADD CHECK (source <> 'inferred' OR NOT exclusive);

  CREATE TABLE past_work (
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    -- The commit.
    sha text NOT NULL,
    n bigint GENERATED ALWAYS AS IDENTITY,
    text text NOT NULL,
    files text[] NOT NULL,
    PRIMARY KEY (room_id, sha)
  );
  CREATE INDEX past_work_recent ON past_work (room_id, n DESC);`,
  `DROP TABLE past_work;
   DELETE FROM path_leases WHERE source = 'inferred';
   ALTER TABLE path_leases DROP COLUMN why;
   DROP INDEX tasks_waiting;
   ALTER TABLE tasks DROP COLUMN blocked_paths`,
);
