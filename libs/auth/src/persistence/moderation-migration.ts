import { defineMigration } from '@clawtank/database';

/** One-time codes for a new password, and who wants to hear nothing from whom. */
export const authModerationMigration = defineMigration(
  'AuthModeration1700000009000',
  `
  -- Access tokens that were signed before it are refused.
  ALTER TABLE users ADD COLUMN sessions_since timestamptz;

  CREATE TABLE password_resets (
    code_hash bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
  );
  CREATE INDEX password_resets_user ON password_resets (user_id);

  CREATE TABLE user_blocks (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    blocked_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, blocked_id),
    CHECK (user_id <> blocked_id)
  );`,
  'DROP TABLE user_blocks, password_resets; ALTER TABLE users DROP COLUMN sessions_since',
);
