import type { CommitView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export interface KnownCommit {
  readonly sha: string;
  readonly branch: string;
  readonly message: string;
  readonly authorName: string;
  readonly files: readonly string[];
  readonly additions: number;
  readonly deletions: number;
  readonly agentId: string | null;
  readonly taskId: string | null;
  readonly committedAt: Date;
}

interface Row {
  sha: string;
  branch: string;
  message: string;
  author_name: string;
  files: string[];
  additions: number;
  deletions: number;
  agent_id: string | null;
  task_id: string | null;
  committed_at: Date;
}

export const commitView = (commit: KnownCommit): CommitView => ({
  sha: commit.sha,
  branch: commit.branch,
  message: commit.message,
  author_name: commit.authorName,
  files: commit.files,
  additions: commit.additions,
  deletions: commit.deletions,
  agent_id: commit.agentId,
  task_id: commit.taskId,
  committed_at: commit.committedAt.toISOString(),
});

const toCommit = (row: Row): KnownCommit => ({
  sha: row.sha,
  branch: row.branch,
  message: row.message,
  authorName: row.author_name,
  files: row.files,
  additions: row.additions,
  deletions: row.deletions,
  agentId: row.agent_id,
  taskId: row.task_id,
  committedAt: row.committed_at,
});

/** Keeps a commit that is seen for the first time. @returns false when it was known */
export async function saveCommit(tx: Tx, roomId: string, commit: KnownCommit): Promise<boolean> {
  const added = await tx.execute(
    `INSERT INTO git_commits (room_id, sha, branch, message, author_name, files, additions, deletions, agent_id,
       task_id, committed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
    [
      roomId,
      commit.sha,
      commit.branch,
      commit.message,
      commit.authorName,
      commit.files,
      commit.additions,
      commit.deletions,
      commit.agentId,
      commit.taskId,
      commit.committedAt,
    ],
  );
  return added === 1;
}

/** The commits seen last, newest first. */
export async function recentCommits(tx: Tx, roomId: string, limit: number): Promise<KnownCommit[]> {
  const rows = await tx.query<Row>('SELECT * FROM git_commits WHERE room_id = $1 ORDER BY n DESC LIMIT $2', [
    roomId,
    limit,
  ]);
  return rows.map(toCommit);
}

/** What is known of these commits, by id. */
export async function findCommits(
  tx: Tx,
  roomId: string,
  shas: readonly string[],
): Promise<ReadonlyMap<string, KnownCommit>> {
  const rows = await tx.query<Row>('SELECT * FROM git_commits WHERE room_id = $1 AND sha = ANY($2)', [
    roomId,
    shas,
  ]);
  return new Map(rows.map((row) => [row.sha, toCommit(row)]));
}

/** What an agent did to some files on one branch. */
export interface FileWork {
  readonly agentId: string;
  readonly branch: string;
  readonly commits: number;
  /** The branch was merged. */
  readonly merged: boolean;
}

/** Who committed to any of these files, by agent and branch, the latest first. */
export async function workOn(tx: Tx, roomId: string, files: readonly string[]): Promise<FileWork[]> {
  return tx.query<FileWork & Record<string, unknown>>(
    `SELECT c.agent_id AS "agentId", c.branch, count(*)::int AS commits,
            EXISTS (SELECT FROM pull_requests p
                    WHERE p.room_id = $1 AND p.branch = c.branch AND p.state = 'merged') AS merged
     FROM git_commits c WHERE c.room_id = $1 AND c.files && $2 AND c.agent_id IS NOT NULL
     GROUP BY c.agent_id, c.branch ORDER BY max(c.n) DESC LIMIT 500`,
    [roomId, files],
  );
}
