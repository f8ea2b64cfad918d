import { defineMigration } from '@clawtank/database';

/** Where somebody is signed in, so that they recognise it. */
export const authSessionsMigration = defineMigration(
  'AuthSessions1700000120000',
  `
  ALTER TABLE refresh_tokens
    ADD COLUMN user_agent text NOT NULL DEFAULT '',
    ADD COLUMN address text NOT NULL DEFAULT '';
  CREATE INDEX refresh_tokens_open ON refresh_tokens (user_id) WHERE revoked_at IS NULL;`,
  `DROP INDEX refresh_tokens_open;
   ALTER TABLE refresh_tokens DROP COLUMN user_agent, DROP COLUMN address`,
);
