import type { CommitView, QueryInputOf, QueryReplyOf } from '@clawtank/contracts';
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  type Query,
  type QueryContext,
  QueryHandler,
} from '@clawtank/commands';
import type { CommitRecord } from '../../domain/git-objects.js';
import { commitView, findCommits, type KnownCommit, recentCommits } from '../../persistence/commits.js';
import { findLimit } from '../../persistence/host-connections.js';
import { GitHost } from '../git-host.js';
import { branchViews } from '../room-parts.js';
import { revisionOf, seeRoom } from './access.js';
import { BlobQuery, CommitsQuery, FilesQuery, RoomQuery } from './inputs.js';

const RECENT = 20;
const MAX_FILES = 10_000;

@QueryHandler('repository.get', RoomQuery)
export class GetRepository implements Query<'repository.get'> {
  async run(
    context: QueryContext,
    input: QueryInputOf<'repository.get'>,
  ): Promise<QueryReplyOf<'repository.get'>> {
    const { tx } = context;
    const { id, slug, repository } = await seeRoom(context, input.room_id);
    return {
      repository: {
        host: repository.host,
        clone_url: `/git/${slug}.git`,
        default_branch: repository.defaultBranch,
        head_sha: repository.headSha,
      },
      limited_until: (await findLimit(tx, id))?.toISOString() ?? null,
      branches: await branchViews(tx, id),
      recent_commits: (await recentCommits(tx, id, RECENT)).map(commitView),
    };
  }
}

@QueryHandler('repository.files', FilesQuery)
export class ListFiles implements Query<'repository.files'> {
  constructor(private readonly host: GitHost) {}

  async run(
    context: QueryContext,
    input: QueryInputOf<'repository.files'>,
  ): Promise<QueryReplyOf<'repository.files'>> {
    const room = await seeRoom(context, input.room_id);
    if (room.repository.headSha === null) return { sha: null, files: [], truncated: false };
    const revision = revisionOf(room, input.ref);
    const { files, truncated } = await this.host.files(room.id, revision, MAX_FILES);
    const sha = (await this.host.resolve(room.id, revision)) ?? null;
    return { sha, files: files.map(({ path }) => path), truncated };
  }
}

@QueryHandler('repository.blob', BlobQuery)
export class GetBlob implements Query<'repository.blob'> {
  constructor(private readonly host: GitHost) {}

  async run(
    context: QueryContext,
    input: QueryInputOf<'repository.blob'>,
  ): Promise<QueryReplyOf<'repository.blob'>> {
    const room = await seeRoom(context, input.room_id);
    const blob = await this.host.blob(room.id, revisionOf(room, input.ref), input.path);
    const encoding = blob.binary ? 'base64' : 'utf8';
    const { path, sha, size, truncated } = blob;
    return { path, sha, size, truncated, encoding, content: blob.content.toString(encoding) };
  }
}

@QueryHandler('repository.commits', CommitsQuery)
export class ListCommits implements Query<'repository.commits'> {
  constructor(private readonly host: GitHost) {}

  /** Newest first. The cursor holds the commit it started from, so that pages don't shift under a push. */
  async run(
    context: QueryContext,
    input: QueryInputOf<'repository.commits'>,
  ): Promise<QueryReplyOf<'repository.commits'>> {
    const room = await seeRoom(context, input.room_id);
    const branch = input.branch ?? room.repository.defaultBranch;
    const [start, skip] = input.cursor
      ? decodeCursor(input.cursor, 2)
      : [await this.host.resolve(room.id, revisionOf(room, branch)), 0];
    if (start === undefined) return { items: [], next_cursor: null };
    const limit = pageSize(input);
    const range = { to: String(start), known: [], limit, skip: Number(skip) };
    const { commits, truncated } = await this.host.commits(room.id, range);
    const newestFirst = [...commits].reverse();
    const known = await findCommits(
      context.tx,
      room.id,
      newestFirst.map(({ sha }) => sha),
    );
    const next = truncated ? encodeCursor([String(start), Number(skip) + limit]) : null;
    return {
      items: newestFirst.map((commit) => view(commit, branch, known.get(commit.sha))),
      next_cursor: next,
    };
  }
}

/** A commit from before the room is nobody's; one that was seen to arrive is its agent's and task's. */
function view(commit: CommitRecord, branch: string, known: KnownCommit | undefined): CommitView {
  if (known) return commitView(known);
  return {
    sha: commit.sha,
    branch,
    message: commit.message,
    author_name: commit.author,
    files: commit.files.map(({ path }) => path),
    additions: commit.additions,
    deletions: commit.deletions,
    agent_id: null,
    task_id: null,
    committed_at: commit.committedAt.toISOString(),
  };
}
