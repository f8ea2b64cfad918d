import { defineMigration } from '@clawtank/database';

const SHA = `~ '^[0-9a-f]{40,64}$'`;

/** Repositories by their room, what was seen of their refs, pull requests, conflicts, and what is under way. */
export const gitMigration = defineMigration(
  'Git1700000006000',
  `
  CREATE TABLE git_repositories (
    room_id uuid PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
    host text NOT NULL CHECK (host IN ('local', 'github', 'gitlab')),
    state text NOT NULL DEFAULT 'setting_up' CHECK (state IN ('setting_up', 'awaiting_push', 'ready')),
    default_ref text NOT NULL DEFAULT 'refs/heads/main',
    -- Which attempt of the set-up is under way, and until when the node at work on it holds it.
    setup_attempt int NOT NULL DEFAULT 0,
    setup_until timestamptz,
    check_wanted boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX git_repositories_check ON git_repositories (room_id) WHERE check_wanted;

  -- Where each ref stood when it was last recorded; a deleted one stays with no commit, and its moves go on.
  CREATE TABLE git_refs (
    room_id uuid NOT NULL REFERENCES git_repositories (room_id) ON DELETE CASCADE,
    ref text NOT NULL,
    sha text CHECK (sha ${SHA}),
    moves int NOT NULL DEFAULT 1,
    task_id uuid,
    checked_sha text,
    ahead int NOT NULL DEFAULT 0,
    behind int NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (room_id, ref)
  );

  -- One row per recorded move: the key refuses a second record of the same one.
  CREATE TABLE git_ref_updates (
    room_id uuid NOT NULL REFERENCES git_repositories (room_id) ON DELETE CASCADE,
    ref text NOT NULL,
    move int NOT NULL,
    old_sha text CHECK (old_sha ${SHA}),
    new_sha text CHECK (new_sha ${SHA}),
    actor jsonb NOT NULL,
    task_id uuid,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (room_id, ref, move)
  );

  CREATE TABLE git_commits (
    room_id uuid NOT NULL REFERENCES git_repositories (room_id) ON DELETE CASCADE,
    sha text NOT NULL CHECK (sha ${SHA}),
    n bigint GENERATED ALWAYS AS IDENTITY,
    branch text NOT NULL,
    message text NOT NULL,
    author_name text NOT NULL,
    files text[] NOT NULL,
    additions int NOT NULL,
    deletions int NOT NULL,
    agent_id uuid,
    task_id uuid,
    committed_at timestamptz NOT NULL,
    PRIMARY KEY (room_id, sha)
  );
  CREATE INDEX git_commits_recent ON git_commits (room_id, n DESC);

  CREATE TABLE pull_requests (
    id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES git_repositories (room_id) ON DELETE CASCADE,
    number int NOT NULL CHECK (number > 0),
    title text NOT NULL,
    body text NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'merged', 'closed')),
    branch text NOT NULL,
    base text NOT NULL,
    head_sha text NOT NULL CHECK (head_sha ${SHA}),
    task_id uuid NOT NULL,
    author jsonb NOT NULL,
    mergeable text NOT NULL DEFAULT 'unknown' CHECK (mergeable IN ('clean', 'conflict', 'unknown')),
    conflict_files text[] NOT NULL DEFAULT '{}',
    merged_sha text CHECK (merged_sha ${SHA}),
    created_at timestamptz NOT NULL DEFAULT now(),
    merged_at timestamptz,
    closed_at timestamptz,
    UNIQUE (room_id, number),
    CHECK ((state = 'merged') = (merged_sha IS NOT NULL AND merged_at IS NOT NULL))
  );
  CREATE UNIQUE INDEX pull_requests_one_open ON pull_requests (room_id, branch) WHERE state = 'open';

  CREATE TABLE pull_request_reviews (
    id uuid PRIMARY KEY,
    pull_request_id uuid NOT NULL REFERENCES pull_requests (id) ON DELETE CASCADE,
    n bigint GENERATED ALWAYS AS IDENTITY,
    reviewer jsonb NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('approve', 'request_changes')),
    body text NOT NULL,
    sha text NOT NULL CHECK (sha ${SHA}),
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX pull_request_reviews_of ON pull_request_reviews (pull_request_id, n);

  CREATE TABLE pull_request_comments (
    review_id uuid NOT NULL REFERENCES pull_request_reviews (id) ON DELETE CASCADE,
    n int NOT NULL,
    path text NOT NULL,
    line int NOT NULL CHECK (line > 0),
    body text NOT NULL,
    PRIMARY KEY (review_id, n)
  );

  CREATE TABLE commit_statuses (
    room_id uuid NOT NULL REFERENCES git_repositories (room_id) ON DELETE CASCADE,
    sha text NOT NULL CHECK (sha ${SHA}),
    context text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'success', 'failure', 'error')),
    description text NOT NULL,
    target_url text,
    reporter jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (room_id, sha, context)
  );

  -- What is about to be done to a repository, written before it is: found again after a crash.
  CREATE TABLE git_intents (
    id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES git_repositories (room_id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('push', 'commit', 'merge')),
    subject text NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'failed')),
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT date_trunc('seconds', now())
  );
  CREATE UNIQUE INDEX git_intents_one_open ON git_intents (room_id, kind, subject) WHERE state = 'open';
  CREATE INDEX git_intents_open ON git_intents (kind, created_at) WHERE state = 'open';

  CREATE TABLE git_conflicts (
    id uuid PRIMARY KEY,
    room_id uuid NOT NULL REFERENCES git_repositories (room_id) ON DELETE CASCADE,
    left_ref text NOT NULL,
    right_ref text NOT NULL,
    state text NOT NULL CHECK (state IN ('predicted', 'detected', 'resolved')),
    was_detected boolean NOT NULL DEFAULT false,
    files text[] NOT NULL,
    task_ids uuid[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    CHECK (left_ref < right_ref),
    CHECK ((state = 'resolved') = (resolved_at IS NOT NULL))
  );
  CREATE UNIQUE INDEX git_conflicts_one_open ON git_conflicts (room_id, left_ref, right_ref)
    WHERE state <> 'resolved';
  CREATE INDEX git_conflicts_room ON git_conflicts (room_id, created_at);`,
  `DROP TABLE git_conflicts, git_intents, commit_statuses, pull_request_comments, pull_request_reviews,
     pull_requests, git_commits, git_ref_updates, git_refs, git_repositories`,
);

/** Approved pull requests that wait for their turn. */
export const mergeQueueMigration = defineMigration(
  'GitMergeQueue1700000012400',
  `
  CREATE TABLE git_merge_queue (
    pull_request_id uuid PRIMARY KEY REFERENCES pull_requests (id) ON DELETE CASCADE,
    room_id uuid NOT NULL REFERENCES git_repositories (room_id) ON DELETE CASCADE,
    n bigint GENERATED ALWAYS AS IDENTITY,
    number int NOT NULL,
    -- What was approved: a head that moves loses its place.
    head_sha text NOT NULL CHECK (head_sha ${SHA}),
    actor jsonb NOT NULL,
    queued_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX git_merge_queue_order ON git_merge_queue (room_id, n);`,
  'DROP TABLE git_merge_queue',
);

/** The task that settles a conflict. */
export const gitCollisionsMigration = defineMigration(
  'GitCollisions1700000012300',
  'ALTER TABLE git_conflicts ADD COLUMN resolution_task_id uuid',
  'ALTER TABLE git_conflicts DROP COLUMN resolution_task_id',
);

/** Refused pushes that people were told of: an agent that tries again and again fills no log. */
export const refusalsMigration = defineMigration(
  'GitRefusals1700000014450',
  `
  CREATE TABLE git_refusals (
    room_id uuid NOT NULL REFERENCES git_repositories (room_id) ON DELETE CASCADE,
    task_id uuid NOT NULL,
    fence int NOT NULL,
    ref text NOT NULL,
    reason text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (room_id, task_id, fence, ref, reason)
  );`,
  'DROP TABLE git_refusals',
);

/** What only rooms on a code host have: reviews by its own ids, and moves of the default branch to be explained. */
export const hostedPullsMigration = defineMigration(
  'GitHostedPulls1700000015710',
  `
  ALTER TABLE pull_request_reviews ADD COLUMN host_id text, ADD UNIQUE (pull_request_id, host_id);
  -- Whether it was found out that a move came by a pull request; null where nobody has looked.
  ALTER TABLE git_ref_updates ADD COLUMN judged_at timestamptz;
  -- What is wrong with a webhook at the host, so that it is told once; null while nothing is.
  ALTER TABLE git_hooks ADD COLUMN trouble text;`,
  `
  ALTER TABLE git_hooks DROP COLUMN trouble;
  ALTER TABLE git_ref_updates DROP COLUMN judged_at;
  ALTER TABLE pull_request_reviews DROP COLUMN host_id`,
);
