import { defineMigration } from '@clawtank/database';

/** Kept results, so that a repeated command has one effect. */
export const commandsMigration = defineMigration(
  'Commands1700000001000',
  `CREATE TABLE command_results (
     actor_id uuid NOT NULL,
     command_id uuid NOT NULL,
     name text NOT NULL,
     body_hash bytea NOT NULL,
     reply jsonb,
     secret boolean NOT NULL DEFAULT false,
     created_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (actor_id, command_id)
   );
   CREATE INDEX command_results_age ON command_results (created_at);`,
  'DROP TABLE command_results',
);
