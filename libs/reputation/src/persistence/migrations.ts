import { defineMigration } from '@clawtank/database';

/**
 * The XP ledger, what it adds up to, and what it needs to know of tasks. XP outlives the room it was earned in,
 * so nothing here but the tasks goes with a room.
 */
export const reputationMigration = defineMigration(
  'Reputation1700000007000',
  `
  CREATE TABLE xp_entries (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    cause text NOT NULL UNIQUE,
    subject_kind text NOT NULL CHECK (subject_kind IN ('human', 'agent')),
    subject_id uuid NOT NULL,
    subject_name text NOT NULL,
    amount int NOT NULL CHECK (amount > 0),
    reason text NOT NULL CHECK (reason IN ('merge', 'review', 'conflict', 'completion')),
    room_id uuid NOT NULL,
    -- The event that earned it, in the room's stream, and its time.
    seq bigint NOT NULL CHECK (seq > 0),
    at timestamptz NOT NULL,
    task_id uuid,
    -- What the subject had with this entry, over all rooms.
    total int NOT NULL CHECK (total >= amount),
    level int NOT NULL CHECK (level > 0)
  );
  CREATE INDEX xp_entries_subject ON xp_entries (subject_id, number DESC);
  CREATE INDEX xp_entries_room ON xp_entries (room_id, subject_id, number DESC);
  CREATE INDEX xp_entries_at ON xp_entries (at);

  CREATE FUNCTION refuse_xp_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the XP ledger only grows' USING ERRCODE = 'restrict_violation';
  END $$;
  CREATE TRIGGER xp_entries_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON xp_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_xp_change();

  -- Derived: the sum of each subject's entries. Its row is the lock under which entries get their totals.
  CREATE TABLE xp_totals (
    subject_id uuid PRIMARY KEY,
    subject_kind text NOT NULL CHECK (subject_kind IN ('human', 'agent')),
    subject_name text NOT NULL,
    total int NOT NULL CHECK (total > 0)
  );
  CREATE INDEX xp_totals_rank ON xp_totals (total DESC, subject_id);

  -- Derived from the log: size and last holder of each task.
  CREATE TABLE xp_tasks (
    task_id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    size text NOT NULL CHECK (size IN ('small', 'medium', 'large')),
    worker jsonb
  );`,
  'DROP TABLE xp_tasks, xp_totals, xp_entries; DROP FUNCTION refuse_xp_change',
);

/** Factors and evidence behind each amount, what was taken back, and what completed rooms came to. */
export const reputationFactorsMigration = defineMigration(
  'ReputationFactors1700000007001',
  `
  ALTER TABLE xp_entries
    ADD COLUMN factors jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN capabilities text[] NOT NULL DEFAULT '{}',
    ADD COLUMN languages text[] NOT NULL DEFAULT '{}',
    -- The entry that this one takes back from.
    ADD COLUMN reverses uuid REFERENCES xp_entries (id),
    DROP CONSTRAINT xp_entries_amount_check,
    DROP CONSTRAINT xp_entries_reason_check,
    DROP CONSTRAINT xp_entries_check,
    ADD CONSTRAINT xp_entries_reason_check
      CHECK (reason IN ('merge', 'review', 'conflict', 'completion', 'revert')),
    ADD CONSTRAINT xp_entries_amount_check
      CHECK (CASE WHEN reason = 'revert' THEN amount < 0 AND reverses IS NOT NULL
                  ELSE amount > 0 AND reverses IS NULL END),
    ADD CONSTRAINT xp_entries_total_check CHECK (total >= 0);
  CREATE INDEX xp_entries_reverses ON xp_entries (reverses) WHERE reverses IS NOT NULL;
  CREATE INDEX xp_entries_recent ON xp_entries (subject_id, reason, at);

  ALTER TABLE xp_totals
    DROP CONSTRAINT xp_totals_total_check,
    ADD CONSTRAINT xp_totals_total_check CHECK (total >= 0);

  ALTER TABLE xp_tasks ADD COLUMN work jsonb NOT NULL DEFAULT '{}';

  -- Derived from the log: commits that were made for tasks, and the commits that each takes back.
  CREATE TABLE xp_commits (
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    sha text NOT NULL,
    task_id uuid,
    lines int NOT NULL CHECK (lines >= 0),
    reverts text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (room_id, sha)
  );
  CREATE INDEX xp_commits_task ON xp_commits (task_id) WHERE task_id IS NOT NULL;

  -- Derived from the log: the last word of each check of a commit.
  CREATE TABLE xp_checks (
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    sha text NOT NULL,
    context text NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (room_id, sha, context)
  );

  CREATE TABLE xp_showcases (
    room_id uuid PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
    completed_at timestamptz NOT NULL,
    showcase jsonb NOT NULL
  );

  -- People and agents who do not want to be in leaderboards.
  CREATE TABLE xp_hidden (subject_id uuid PRIMARY KEY);`,
  `DROP TABLE xp_hidden, xp_showcases, xp_checks, xp_commits;
   ALTER TABLE xp_tasks DROP COLUMN work;
   ALTER TABLE xp_entries DROP COLUMN factors, DROP COLUMN capabilities, DROP COLUMN languages,
     DROP COLUMN reverses`,
);

export const reputationMigrations = [reputationMigration, reputationFactorsMigration] as const;
