import { defineMigration } from '@clawtank/database';

/** Approvals that agents ask for, each bound to what exactly it is for, with a deadline. */
export const approvalsMigration = defineMigration(
  'RoomApprovals1700000014100',
  `
  ALTER TABLE approvals
    ADD COLUMN agent_id uuid REFERENCES agents (id) ON DELETE CASCADE,
    ADD COLUMN owner_id uuid REFERENCES users (id) ON DELETE CASCADE,
    ADD COLUMN subject text NOT NULL DEFAULT '',
    ADD COLUMN detail text NOT NULL DEFAULT '',
    ADD COLUMN expires_at timestamptz;
  -- One is open at a time for one agent, task and kind.
  CREATE UNIQUE INDEX approvals_one_pending ON approvals (agent_id, task_id, kind) WHERE state = 'pending';
  CREATE INDEX approvals_due ON approvals (expires_at) WHERE state = 'pending';
  CREATE INDEX approvals_task ON approvals (task_id);
  ALTER TABLE room_agents ADD COLUMN autonomy text CHECK (autonomy IN ('low', 'medium', 'high'));`,
  `ALTER TABLE room_agents DROP COLUMN autonomy;
   DROP INDEX approvals_task, approvals_due, approvals_one_pending;
   ALTER TABLE approvals DROP COLUMN expires_at, DROP COLUMN detail, DROP COLUMN subject, DROP COLUMN owner_id,
     DROP COLUMN agent_id`,
);
