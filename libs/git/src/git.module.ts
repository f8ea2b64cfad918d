import { Module } from '@nestjs/common';
import { AfterPush } from './application/after-push.js';
import { CheckConnections } from './application/check-connections.js';
import { ConnectionsExamination } from './application/connections-examination.js';
import { ConnectionViews } from './application/connection-view.js';
import { CheckConflicts } from './application/check-conflicts.js';
import { ClaimBranches } from './application/claim-branches.js';
import { ClosePullRequest } from './application/commands/close-pull-request.js';
import { CommitFiles } from './application/commands/commit-files.js';
import { CreateBranch } from './application/commands/create-branch.js';
import { MergePullRequest } from './application/commands/merge-pull-request.js';
import { OpenPullRequest } from './application/commands/open-pull-request.js';
import { ReviewPullRequest } from './application/commands/review-pull-request.js';
import { SetToken } from './application/commands/set-token.js';
import { SetCheck } from './application/commands/set-check.js';
import { DeliveryQueue } from './application/delivery-queue.js';
import { FlagOddMoves } from './application/flag-odd-moves.js';
import { GitRoomFinisher } from './application/finish-room.js';
import { GitAccess } from './application/git-access.js';
import { GitEvents } from './application/git-events.js';
import { GitExamination } from './application/git-examination.js';
import { GitHost } from './application/git-host.js';
import { GitJobs } from './application/git-jobs.js';
import { GitSweep } from './application/git-sweep.js';
import { GitUsers } from './application/git-user.js';
import { HandleDeliveries } from './application/handle-deliveries.js';
import { HookKeys } from './application/hook-keys.js';
import { HookNews } from './application/hook-news.js';
import { HostedJobs } from './application/hosted-jobs.js';
import { JudgePush } from './application/judge-push.js';
import { HookWork } from './application/hook-work.js';
import { KeepHooks } from './application/keep-hooks.js';
import { KeepRepositories } from './application/keep-repositories.js';
import { MergeQueue } from './application/merge-queue.js';
import { Merging } from './application/merging.js';
import {
  DiffPullRequest,
  GetPullRequest,
  ListConflicts,
  ListPullRequests,
} from './application/queries/pull-requests.js';
import { GetConnection } from './application/queries/connection.js';
import { GetBlob, GetRepository, ListCommits, ListFiles } from './application/queries/repository.js';
import { NewsAddresses } from './application/news-addresses.js';
import { RemoveHooks } from './application/remove-hooks.js';
import { RoomHosts } from './application/room-hosts.js';
import { RoomLinks, RoomTokens } from './application/room-tokens.js';
import { Reconcile } from './application/reconcile.js';
import { RecordRefs } from './application/record-refs.js';
import { GitRepositoryContext, GitImportGate, GitSnapshot } from './application/room-parts.js';
import { ResumePush } from './application/resume-push.js';
import { SetUpRepository } from './application/set-up-repository.js';
import { SyncPulls } from './application/sync-pulls.js';
import { SyncRoom } from './application/sync-room.js';
import { TrialMerges } from './application/trial-merges.js';
import { Unfinished } from './application/unfinished.js';
import { WebhookInbox } from './application/webhook-inbox.js';
import { HostCare } from './application/host-care.js';
import { GitConfig } from './git.config.js';
import { GithubExamination } from './hosted/github/github-examination.js';
import { HostedHosts } from './hosted/hosted-hosts.js';
import { LocalGitHost } from './local/local-git-host.js';
import { GitHttp } from './smart-http/git-http.js';
import { GitRuntime, makeLocalHost } from './smart-http/git-runtime.js';

const HOST = [
  { provide: LocalGitHost, useFactory: makeLocalHost, inject: [GitConfig] },
  RoomTokens,
  RoomLinks,
  HostedHosts,
  RoomHosts,
  { provide: GitHost, useExisting: RoomHosts },
];
const COMMANDS = [
  CreateBranch,
  CommitFiles,
  OpenPullRequest,
  ReviewPullRequest,
  MergePullRequest,
  ClosePullRequest,
  SetCheck,
  SetToken,
];
const QUERIES = [
  GetRepository,
  GetConnection,
  ListFiles,
  GetBlob,
  ListCommits,
  ListPullRequests,
  GetPullRequest,
  DiffPullRequest,
  ListConflicts,
];
const WORK = [
  AfterPush,
  CheckConflicts,
  CheckConnections,
  ConnectionsExamination,
  ConnectionViews,
  ClaimBranches,
  DeliveryQueue,
  FlagOddMoves,
  GitAccess,
  GitExamination,
  GithubExamination,
  GitUsers,
  HandleDeliveries,
  HookNews,
  HostedJobs,
  HookWork,
  JudgePush,
  KeepHooks,
  KeepRepositories,
  MergeQueue,
  Merging,
  NewsAddresses,
  Reconcile,
  RecordRefs,
  RemoveHooks,
  ResumePush,
  SetUpRepository,
  SyncPulls,
  SyncRoom,
  TrialMerges,
  Unfinished,
  HostCare,
];
const PARTS = [GitRoomFinisher, GitRepositoryContext, GitImportGate, GitSnapshot];
const OFFERED = [GitEvents, GitHttp, GitJobs, GitSweep, HookKeys, WebhookInbox, ...PARTS];

@Module({
  providers: [...HOST, GitRuntime, ...COMMANDS, ...QUERIES, ...WORK, ...OFFERED],
  exports: OFFERED,
})
export class GitModule {}
