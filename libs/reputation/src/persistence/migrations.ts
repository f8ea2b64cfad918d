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
