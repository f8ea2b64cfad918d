import type { Actor, CheckView, PullRequestView, ReviewView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { isApproved, type PullRequest, type Review } from '../domain/pull-request.js';
import { listQueue } from './merge-queue.js';

interface Row {
  id: string;
  room_id: string;
  number: number;
  title: string;
  body: string;
  state: PullRequest['state'];
  branch: string;
  base: string;
  head_sha: string;
  task_id: string;
  author: Actor;
  mergeable: PullRequest['mergeable'];
  conflict_files: string[];
  merged_sha: string | null;
  created_at: Date;
  merged_at: Date | null;
}

const toPullRequest = (row: Row): PullRequest => ({
  id: row.id,
  roomId: row.room_id,
  number: row.number,
  title: row.title,
  body: row.body,
  state: row.state,
  branch: row.branch,
  base: row.base,
  headSha: row.head_sha,
  taskId: row.task_id,
  author: row.author,
  mergeable: row.mergeable,
  conflictFiles: row.conflict_files,
  mergedSha: row.merged_sha,
  createdAt: row.created_at,
  mergedAt: row.merged_at,
});

export async function findPullRequest(
  tx: Tx,
  roomId: string,
  number: number,
): Promise<PullRequest | undefined> {
  const rows = await tx.query<Row>('SELECT * FROM pull_requests WHERE room_id = $1 AND number = $2', [
    roomId,
    number,
  ]);
  return rows[0] && toPullRequest(rows[0]);
}

export async function findOpenPullRequest(
  tx: Tx,
  roomId: string,
  by: { readonly branch: string } | { readonly taskId: string },
): Promise<PullRequest | undefined> {
  const [column, value] = 'branch' in by ? ['branch', by.branch] : ['task_id', by.taskId];
  const rows = await tx.query<Row>(
    `SELECT * FROM pull_requests WHERE room_id = $1 AND ${column} = $2 AND state = 'open'`,
    [roomId, value],
  );
  return rows[0] && toPullRequest(rows[0]);
}

/** Newest first; all states when `state` is left out. */
export async function listPullRequests(
  tx: Tx,
  roomId: string,
  state?: PullRequest['state'],
): Promise<PullRequest[]> {
  const rows = await tx.query<Row>(
    `SELECT * FROM pull_requests WHERE room_id = $1 AND ($2::text IS NULL OR state = $2)
     ORDER BY number DESC LIMIT 500`,
    [roomId, state ?? null],
  );
  return rows.map(toPullRequest);
}

/**
 * Open pull requests whose commits the default branch has, as of the last look at their branches; without those
 * that are being merged right now.
 */
export async function listContained(tx: Tx, roomId: string): Promise<PullRequest[]> {
  const rows = await tx.query<Row>(
    `SELECT p.* FROM pull_requests p
     JOIN git_refs r ON r.room_id = p.room_id AND r.ref = 'refs/heads/' || p.branch
     WHERE p.room_id = $1 AND p.state = 'open' AND r.sha = p.head_sha AND r.checked_sha = r.sha AND r.ahead = 0
       AND NOT EXISTS (SELECT 1 FROM git_intents i WHERE i.room_id = p.room_id AND i.kind = 'merge'
         AND i.state = 'open' AND i.subject = '#' || p.number)
     ORDER BY p.number`,
    [roomId],
  );
  return rows.map(toPullRequest);
}

type NewPullRequest = Pick<
  PullRequest,
  'id' | 'roomId' | 'title' | 'body' | 'branch' | 'base' | 'headSha' | 'taskId' | 'author'
>;

/** Adds an open pull request with its host's number, else the room's next. The room must be locked. */
export async function insertPullRequest(tx: Tx, request: NewPullRequest, number?: number): Promise<number> {
  const rows = await tx.query<{ number: number }>(
    `INSERT INTO pull_requests (id, room_id, number, title, body, branch, base, head_sha, task_id, author)
     SELECT $1, $2, coalesce($10::int, max(number) + 1, 1), $3, $4, $5, $6, $7, $8, $9 FROM pull_requests WHERE room_id = $2
     RETURNING number`,
    [
      request.id,
      request.roomId,
      request.title,
      request.body,
      request.branch,
      request.base,
      request.headSha,
      request.taskId,
      JSON.stringify(request.author),
      number ?? null,
    ],
  );
  return rows[0]?.number ?? 0;
}

export async function saveHead(tx: Tx, id: string, headSha: string): Promise<void> {
  await tx.execute("UPDATE pull_requests SET head_sha = $2, mergeable = 'unknown' WHERE id = $1", [
    id,
    headSha,
  ]);
}

export async function saveMergeable(
  tx: Tx,
  id: string,
  mergeable: PullRequest['mergeable'],
  files: readonly string[],
): Promise<void> {
  await tx.execute('UPDATE pull_requests SET mergeable = $2, conflict_files = $3 WHERE id = $1', [
    id,
    mergeable,
    files,
  ]);
}

export async function saveMerged(tx: Tx, id: string, sha: string): Promise<void> {
  await tx.execute(
    `UPDATE pull_requests SET state = 'merged', merged_sha = $2, merged_at = now(), mergeable = 'clean',
       conflict_files = '{}' WHERE id = $1`,
    [id, sha],
  );
}

export async function saveClosed(tx: Tx, id: string): Promise<void> {
  await tx.execute("UPDATE pull_requests SET state = 'closed', closed_at = now() WHERE id = $1", [id]);
}

/** Opens a closed pull request again. */
export async function saveReopened(tx: Tx, id: string): Promise<void> {
  await tx.execute(
    "UPDATE pull_requests SET state = 'open', closed_at = NULL, mergeable = 'unknown' WHERE id = $1 AND state = 'closed'",
    [id],
  );
}

/** What people at the host made of its title and text. */
export async function saveWords(tx: Tx, id: string, title: string, body: string): Promise<void> {
  await tx.execute('UPDATE pull_requests SET title = $2, body = $3 WHERE id = $1', [id, title, body]);
}

interface ReviewRow {
  id: string;
  pull_request_id: string;
  reviewer: Actor;
  verdict: Review['verdict'];
  body: string;
  sha: string;
  created_at: Date;
  comments: { path: string; line: number; body: string }[];
}

/** The reviews of pull requests, oldest first, by pull request. */
export async function listReviews(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Review[]>> {
  const rows = await tx.query<ReviewRow>(
    `SELECT r.*, coalesce((SELECT jsonb_agg(jsonb_build_object('path', c.path, 'line', c.line, 'body', c.body) ORDER BY c.n)
       FROM pull_request_comments c WHERE c.review_id = r.id), '[]') AS comments
     FROM pull_request_reviews r WHERE r.pull_request_id = ANY($1) ORDER BY r.n`,
    [ids],
  );
  const reviews = new Map<string, Review[]>(ids.map((id) => [id, []]));
  for (const row of rows) {
    const { id, reviewer, verdict, body, sha, comments } = row;
    reviews
      .get(row.pull_request_id)
      ?.push({ id, reviewer, verdict, body, sha, comments, createdAt: row.created_at });
  }
  return reviews;
}

export type NewReview = Omit<Review, 'createdAt'> & {
  /** The host's own id of a review that was made there. */
  readonly hostId?: string;
};

/** @returns false for a review of the host that is known */
export async function insertReview(tx: Tx, pullRequestId: string, review: NewReview): Promise<boolean> {
  const { id, reviewer, verdict, body, sha, comments, hostId = null } = review;
  const added = await tx.execute(
    `INSERT INTO pull_request_reviews (id, pull_request_id, reviewer, verdict, body, sha, host_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (pull_request_id, host_id) DO NOTHING`,
    [id, pullRequestId, JSON.stringify(reviewer), verdict, body, sha, hostId],
  );
  if (added === 0) return false;
  await tx.execute(
    `INSERT INTO pull_request_comments (review_id, n, path, line, body)
     SELECT $1, n, c->>'path', (c->>'line')::int, c->>'body' FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS g(c, n)`,
    [id, JSON.stringify(comments)],
  );
  return true;
}

/** Takes reviews back that their host no longer has: dismissed, or an approval that was taken back. */
export async function dropReviews(tx: Tx, pullRequestId: string, present: readonly string[]): Promise<void> {
  await tx.execute('DELETE FROM pull_request_reviews WHERE pull_request_id = $1 AND host_id <> ALL ($2)', [
    pullRequestId,
    present,
  ]);
}

/** How each report on these commits stands, by commit. */
export async function listChecks(
  tx: Tx,
  roomId: string,
  shas: readonly string[],
): Promise<ReadonlyMap<string, CheckView[]>> {
  const rows = await tx.query<CheckView & { sha: string }>(
    `SELECT sha, context, state, description, target_url FROM commit_statuses
     WHERE room_id = $1 AND sha = ANY($2) ORDER BY context`,
    [roomId, shas],
  );
  const checks = new Map<string, CheckView[]>();
  for (const { sha, ...check } of rows) checks.set(sha, [...(checks.get(sha) ?? []), check]);
  return checks;
}

export async function saveCheck(
  tx: Tx,
  roomId: string,
  sha: string,
  check: CheckView & { readonly reporter: Actor },
): Promise<void> {
  await tx.execute(
    `INSERT INTO commit_statuses (room_id, sha, context, state, description, target_url, reporter)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (room_id, sha, context) DO UPDATE SET state = $4, description = $5, target_url = $6,
       reporter = $7, updated_at = now()`,
    [
      roomId,
      sha,
      check.context,
      check.state,
      check.description,
      check.target_url,
      JSON.stringify(check.reporter),
    ],
  );
}

const reviewView = (review: Review): ReviewView => ({
  id: review.id,
  reviewer: review.reviewer,
  verdict: review.verdict,
  body: review.body,
  sha: review.sha,
  comments: review.comments,
  created_at: review.createdAt.toISOString(),
});

/** Pull requests as members see them, with their reviews and the checks of their heads. */
export async function pullRequestViews(
  tx: Tx,
  roomId: string,
  requests: readonly PullRequest[],
): Promise<PullRequestView[]> {
  const reviews = await listReviews(
    tx,
    requests.map(({ id }) => id),
  );
  const checks = await listChecks(
    tx,
    roomId,
    requests.map(({ headSha }) => headSha),
  );
  const places = (await listQueue(tx, roomId)).map(({ number }) => number);
  return requests.map((request) => {
    const own = reviews.get(request.id) ?? [];
    return {
      number: request.number,
      title: request.title,
      body: request.body,
      state: request.state,
      branch: request.branch,
      base: request.base,
      head_sha: request.headSha,
      task_id: request.taskId,
      author: request.author,
      mergeable: request.mergeable,
      conflict_files: request.conflictFiles,
      merged_sha: request.mergedSha,
      queue_position: places.includes(request.number) ? places.indexOf(request.number) + 1 : null,
      approved: isApproved(request, own),
      reviews: own.map(reviewView),
      checks: checks.get(request.headSha) ?? [],
      created_at: request.createdAt.toISOString(),
      merged_at: request.mergedAt?.toISOString() ?? null,
    };
  });
}

/** Of these commits the ones that belong to merged work, with its task: its merges, and the commits they brought. */
export async function mergedWorkOf(
  tx: Tx,
  roomId: string,
  shas: readonly string[],
): Promise<{ sha: string; task_id: string }[]> {
  if (shas.length === 0) return [];
  return tx.query<{ sha: string; task_id: string }>(
    `SELECT DISTINCT s.sha, p.task_id FROM unnest($2::text[]) AS s (sha)
     LEFT JOIN git_commits c ON c.room_id = $1 AND c.sha = s.sha
     JOIN pull_requests p ON p.room_id = $1 AND p.state = 'merged'
       AND (p.merged_sha = s.sha OR p.task_id = c.task_id) ORDER BY 1, 2`,
    [roomId, shas],
  );
}
