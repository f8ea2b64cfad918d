import type { DiffFileView, QueryInputOf, QueryReplyOf } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { invariant } from '@clawtank/kernel';
import { fail } from '../../domain/failures.js';
import type { FileDiff } from '../../domain/git-objects.js';
import { branchRef } from '../../domain/ref-names.js';
import { listConflicts } from '../../persistence/conflicts.js';
import { listPullRequests, pullRequestViews } from '../../persistence/pull-requests.js';
import { GitHost } from '../git-host.js';
import { needPullRequest, seeRoom } from './access.js';
import { ConflictsQuery, PullRequestQuery, PullRequestsQuery } from './inputs.js';

@QueryHandler('pull_requests.list', PullRequestsQuery)
export class ListPullRequests implements Query<'pull_requests.list'> {
  async run(context: QueryContext, input: PullRequestsQuery): Promise<QueryReplyOf<'pull_requests.list'>> {
    const { id } = await seeRoom(context, input.room_id);
    const requests = await listPullRequests(context.tx, id, input.state);
    return { items: await pullRequestViews(context.tx, id, requests), next_cursor: null };
  }
}

@QueryHandler('pull_requests.get', PullRequestQuery)
export class GetPullRequest implements Query<'pull_requests.get'> {
  async run(
    context: QueryContext,
    input: QueryInputOf<'pull_requests.get'>,
  ): Promise<QueryReplyOf<'pull_requests.get'>> {
    const { id } = await seeRoom(context, input.room_id);
    const request = await needPullRequest(context.tx, id, input.number);
    const [view] = await pullRequestViews(context.tx, id, [request]);
    invariant(view, 'a pull request has no view');
    return { pull_request: view };
  }
}

@QueryHandler('pull_requests.diff', PullRequestQuery)
export class DiffPullRequest implements Query<'pull_requests.diff'> {
  constructor(private readonly host: GitHost) {}

  /** What the head changed since it left the base; of a merged one, what the merge brought. */
  async run(
    context: QueryContext,
    input: QueryInputOf<'pull_requests.diff'>,
  ): Promise<QueryReplyOf<'pull_requests.diff'>> {
    const { id } = await seeRoom(context, input.room_id);
    const request = await needPullRequest(context.tx, id, input.number);
    const { headSha, mergedSha } = request;
    const merge =
      mergedSha && (await this.host.commits(id, { to: mergedSha, known: [], limit: 1 })).commits[0];
    const base = merge ? merge.parents[0] : await this.host.resolve(id, branchRef(request.base));
    if (!base) throw fail('git.not_found', { what: 'commit' });
    const diff = await this.host.diff(id, base, headSha);
    return { base_sha: base, head_sha: headSha, files: diff.files.map(fileView), truncated: diff.truncated };
  }
}

@QueryHandler('conflicts.list', ConflictsQuery)
export class ListConflicts implements Query<'conflicts.list'> {
  async run(context: QueryContext, input: ConflictsQuery): Promise<QueryReplyOf<'conflicts.list'>> {
    const { id } = await seeRoom(context, input.room_id);
    return { items: await listConflicts(context.tx, id, input.state ?? 'open'), next_cursor: null };
  }
}

const STATUS = { copied: 'added', type_changed: 'modified' } as const;

function fileView(file: FileDiff): DiffFileView {
  const { path, previousPath, status, additions, deletions, patch, truncated } = file;
  const binary = additions === null;
  return {
    path,
    previous_path: previousPath,
    status: status === 'copied' || status === 'type_changed' ? STATUS[status] : status,
    additions: additions ?? 0,
    deletions: deletions ?? 0,
    binary,
    patch: binary ? '' : (patch ?? ''),
    truncated,
  };
}
