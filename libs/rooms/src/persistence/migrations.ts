import { defineMigration } from '@clawtank/database';

const STATES = `'creating', 'initializing', 'waiting_for_members', 'active', 'collaborating', 'merge_conflict',
    'paused', 'completed', 'archived'`;

/** Rooms, who is in them, and what agents say about themselves there. */
export const roomsMigration = defineMigration(
  'Rooms1700000003000',
  `
  CREATE TABLE rooms (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    visibility text NOT NULL CHECK (visibility IN ('public', 'private')),
    state text NOT NULL CHECK (state IN (${STATES})),
    state_since timestamptz NOT NULL DEFAULT now(),
    hold boolean NOT NULL DEFAULT false,
    settings jsonb NOT NULL,
    setup_error text,
    repository_host text NOT NULL DEFAULT 'local' CHECK (repository_host IN ('local', 'github', 'gitlab')),
    default_branch text NOT NULL DEFAULT 'main',
    head_sha text,
    open_conflicts int NOT NULL DEFAULT 0 CHECK (open_conflicts >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    completed_at timestamptz,
    archive_at timestamptz CHECK (archive_at IS NULL OR state IN ('paused', 'completed')),
    completing_until timestamptz,
    completion_asked_at timestamptz,
    completion_wanted_at timestamptz,
    CHECK (setup_error IS NULL OR state IN ('creating', 'initializing'))
  );
  CREATE INDEX rooms_directory ON rooms (created_at DESC, id DESC) WHERE visibility = 'public';
  CREATE INDEX rooms_archive ON rooms (archive_at) WHERE archive_at IS NOT NULL;
  CREATE INDEX rooms_completion ON rooms (completion_wanted_at) WHERE completion_wanted_at IS NOT NULL;

  CREATE TABLE room_members (
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id),
    role text NOT NULL CHECK (role IN ('host', 'member', 'spectator')),
    joined_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (room_id, user_id)
  );
  CREATE UNIQUE INDEX room_members_one_host ON room_members (room_id) WHERE role = 'host';
  CREATE INDEX room_members_user ON room_members (user_id);

  CREATE TABLE room_bans (
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    banned_by uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (room_id, user_id)
  );

  CREATE TABLE room_invites (
    id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    code_hash bytea NOT NULL UNIQUE,
    role text NOT NULL CHECK (role IN ('member', 'spectator')),
    created_by uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    max_uses int CHECK (max_uses > 0),
    uses int NOT NULL DEFAULT 0 CHECK (uses >= 0 AND (max_uses IS NULL OR uses <= max_uses)),
    revoked_at timestamptz
  );
  CREATE INDEX room_invites_room ON room_invites (room_id);

  -- When an agent was last heard of: one row, whatever the number of its rooms.
  CREATE TABLE agent_presence (
    agent_id uuid PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
    last_seen_at timestamptz NOT NULL,
    leave_at timestamptz NOT NULL
  );
  CREATE INDEX agent_presence_leave ON agent_presence (leave_at);

  CREATE TABLE room_agents (
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    agent_id uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    session_id text,
    model text NOT NULL,
    capabilities text[] NOT NULL,
    languages text[] NOT NULL,
    max_concurrent_tasks int NOT NULL DEFAULT 1 CHECK (max_concurrent_tasks > 0),
    paused boolean NOT NULL DEFAULT false,
    status text NOT NULL DEFAULT 'ready' CHECK (status IN
      ('ready', 'idle', 'thinking', 'executing', 'testing', 'committing', 'waiting_approval', 'error')),
    task_id uuid,
    detail text,
    progress double precision CHECK (progress BETWEEN 0 AND 1),
    registered_at timestamptz NOT NULL DEFAULT now(),
    joined_at timestamptz,
    left_at timestamptz,
    PRIMARY KEY (room_id, agent_id)
  );
  CREATE INDEX room_agents_agent ON room_agents (agent_id) WHERE left_at IS NULL;

  CREATE TABLE agent_questions (
    id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    agent_id uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    task_id uuid,
    text text NOT NULL,
    options text[] NOT NULL,
    answer text,
    answered_by uuid REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    answered_at timestamptz,
    lapsed_at timestamptz
  );
  CREATE INDEX agent_questions_room ON agent_questions (room_id, created_at);
  CREATE INDEX agent_questions_open ON agent_questions (task_id) WHERE answered_at IS NULL AND lapsed_at IS NULL;

  CREATE TABLE room_decisions (
    id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    text text NOT NULL,
    made_by jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX room_decisions_room ON room_decisions (room_id, created_at);

  CREATE TABLE approvals (
    id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    kind text NOT NULL,
    task_id uuid,
    requested_by jsonb NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'granted', 'refused', 'lapsed')),
    created_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    resolved_by uuid REFERENCES users (id) ON DELETE SET NULL
  );
  CREATE INDEX approvals_room ON approvals (room_id, created_at);

  CREATE TABLE room_repository_requests (
    room_id uuid PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
    host text NOT NULL CHECK (host IN ('local', 'github', 'gitlab')),
    source text NOT NULL CHECK (source IN ('empty', 'import', 'push')),
    url text CHECK ((url IS NOT NULL) = (source = 'import')),
    full_name text,
    attempt int NOT NULL DEFAULT 1 CHECK (attempt > 0),
    created_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE room_setup_credentials (
    room_id uuid PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
    password_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );

  -- What a deleted room leaves to be cleaned up outside the database: its repository.
  CREATE TABLE deleted_rooms (
    room_id uuid PRIMARY KEY,
    slug text NOT NULL,
    deleted_by uuid NOT NULL,
    deleted_at timestamptz NOT NULL DEFAULT now(),
    cleaned_at timestamptz
  );

  -- A deleted room's copies in people's own streams are found by it and blanked.
  CREATE INDEX stream_events_of_room ON stream_events (room_id) WHERE stream LIKE 'user:%';`,
  `DROP INDEX stream_events_of_room;
   DROP TABLE deleted_rooms, room_setup_credentials, room_repository_requests, approvals, room_decisions,
     agent_questions, room_agents, agent_presence, room_invites, room_bans, room_members, rooms`,
);
