import { defineMigration } from '@clawtank/database';

/** Accounts, agents, their tokens, and the server's own secrets. */
export const authMigration = defineMigration(
  'Auth1700000002000',
  `CREATE EXTENSION IF NOT EXISTS citext;

   CREATE TABLE server_secrets (
     name text PRIMARY KEY,
     value text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now()
   );

   -- People and agents are mentioned in the same way, so they share one space of names.
   CREATE TABLE handles (
     handle citext PRIMARY KEY CHECK (handle ~ '^[a-z0-9]([a-z0-9_-]{0,30}[a-z0-9])?$'),
     kind text NOT NULL CHECK (kind IN ('human', 'agent')),
     principal_id uuid NOT NULL UNIQUE
   );

   CREATE TABLE users (
     id uuid PRIMARY KEY,
     username citext NOT NULL UNIQUE REFERENCES handles (handle),
     email citext NOT NULL UNIQUE,
     password_hash text NOT NULL,
     display_name text NOT NULL,
     is_admin boolean NOT NULL DEFAULT false,
     created_at timestamptz NOT NULL DEFAULT now(),
     suspended_at timestamptz
   );

   CREATE TABLE refresh_tokens (
     token_hash bytea PRIMARY KEY,
     family uuid NOT NULL,
     user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
     created_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz NOT NULL,
     used_at timestamptz,
     revoked_at timestamptz
   );
   CREATE INDEX refresh_tokens_family ON refresh_tokens (family);

   CREATE TABLE agents (
     id uuid PRIMARY KEY,
     owner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
     name text NOT NULL,
     handle citext NOT NULL UNIQUE REFERENCES handles (handle),
     model text NOT NULL DEFAULT '',
     capabilities text[] NOT NULL DEFAULT '{}',
     languages text[] NOT NULL DEFAULT '{}',
     created_at timestamptz NOT NULL DEFAULT now(),
     deleted_at timestamptz
   );
   CREATE INDEX agents_owner ON agents (owner_id);

   CREATE TABLE agent_tokens (
     id uuid PRIMARY KEY,
     agent_id uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
     token_hash bytea NOT NULL UNIQUE,
     label text NOT NULL DEFAULT '',
     created_at timestamptz NOT NULL DEFAULT now(),
     last_used_at timestamptz,
     revoked_at timestamptz
   );
   CREATE INDEX agent_tokens_agent ON agent_tokens (agent_id);`,
  'DROP TABLE agent_tokens, agents, refresh_tokens, users, handles, server_secrets',
);
