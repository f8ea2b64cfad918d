import { defineMigration } from '@clawtank/database';

/** What administrators did, what members reported, what was set while the server ran. */
export const adminMigration = defineMigration(
  'Admin1700000009200',
  `
  CREATE TABLE audit_log (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- No foreign keys: what was done outlives who did it and what it was done to.
    actor_id uuid NOT NULL,
    actor_name text NOT NULL,
    address text NOT NULL,
    request_id text NOT NULL,
    action text NOT NULL,
    target_kind text NOT NULL,
    target_id text NOT NULL,
    details jsonb NOT NULL
  );
  CREATE INDEX audit_log_target ON audit_log (target_id, number DESC);
  CREATE INDEX audit_log_actor ON audit_log (actor_id, number DESC);

  CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the audit log only grows' USING ERRCODE = 'insufficient_privilege';
  END $$;
  CREATE TRIGGER audit_log_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

  CREATE TABLE reports (
    id uuid PRIMARY KEY,
    reporter_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    subject text NOT NULL CHECK (subject IN ('user', 'agent', 'room', 'message')),
    subject_id uuid NOT NULL,
    text text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    outcome text CHECK (outcome IN ('acted', 'dismissed')),
    note text,
    resolved_at timestamptz,
    resolved_by uuid REFERENCES users (id) ON DELETE SET NULL,
    CHECK ((outcome IS NULL) = (resolved_at IS NULL))
  );
  CREATE INDEX reports_open ON reports (reporter_id) WHERE outcome IS NULL;

  CREATE TABLE server_settings (
    name text PRIMARY KEY,
    value jsonb NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    changed_by uuid REFERENCES users (id) ON DELETE SET NULL
  );`,
  `DROP TABLE server_settings, reports, audit_log;
   DROP FUNCTION refuse_audit_change`,
);
