import { defineMigration } from '@clawtank/database';

/** Accounts elsewhere that open one here. */
export const authIdentitiesMigration = defineMigration(
  'AuthIdentities1700000080000',
  `
  -- Who comes from elsewhere has no password here, and perhaps no e-mail address that anybody vouches for.
  ALTER TABLE users ALTER COLUMN email DROP NOT NULL, ALTER COLUMN password_hash DROP NOT NULL;

  CREATE TABLE user_identities (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    provider text NOT NULL CHECK (provider IN ('github', 'google', 'gitlab', 'oidc')),
    -- The same subject of another issuer is somebody else.
    issuer text NOT NULL,
    subject text NOT NULL,
    account text NOT NULL,
    linked_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    UNIQUE (issuer, subject)
  );
  CREATE INDEX user_identities_user ON user_identities (user_id);

  -- An attempt opens a session once, however often its answer is sent.
  CREATE TABLE used_sign_in_attempts (
    id uuid PRIMARY KEY,
    used_at timestamptz NOT NULL DEFAULT now()
  );`,
  `DROP TABLE used_sign_in_attempts, user_identities;
   ALTER TABLE users ALTER COLUMN email SET NOT NULL, ALTER COLUMN password_hash SET NOT NULL`,
);
