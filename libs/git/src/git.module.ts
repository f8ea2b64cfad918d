import { Module } from '@nestjs/common';
import { AfterPush } from './application/after-push.js';
import { CheckConflicts } from './application/check-conflicts.js';
import { ClaimBranches } from './application/claim-branches.js';
import { ClosePullRequest } from './application/commands/close-pull-request.js';
import { CommitFiles } from './application/commands/commit-files.js';
import { CreateBranch } from './application/commands/create-branch.js';
import { MergePullRequest } from './application/commands/merge-pull-request.js';
import { OpenPullRequest } from './application/commands/open-pull-request.js';
import { ReviewPullRequest } from './application/commands/review-pull-request.js';
import { SetCheck } from './application/commands/set-check.js';
import { GitRoomFinisher } from './application/finish-room.js';
import { GitAccess } from './application/git-access.js';
import { GitEvents } from './application/git-events.js';
import { GitHost } from './application/git-host.js';
import { GitJobs } from './application/git-jobs.js';
import { GitSweep } from './application/git-sweep.js';
import { GitUsers } from './application/git-user.js';
import { JudgePush } from './application/judge-push.js';
import { KeepRepositories } from './application/keep-repositories.js';
import { Merging } from './application/merging.js';
import {
  DiffPullRequest,
  GetPullRequest,
  ListConflicts,
  ListPullRequests,
} from './application/queries/pull-requests.js';
import { GetBlob, GetRepository, ListCommits, ListFiles } from './application/queries/repository.js';
import { RecordRefs } from './application/record-refs.js';
import { GitRepositoryContext, GitImportGate, GitSnapshot } from './application/room-parts.js';
import { SetUpRepository } from './application/set-up-repository.js';
import { Unfinished } from './application/unfinished.js';
import { GitConfig } from './git.config.js';
import { LocalGitHost } from './local/local-git-host.js';
import { GitHttp } from './smart-http/git-http.js';
import { GitRuntime, makeLocalHost } from './smart-http/git-runtime.js';

const HOST = [
  { provide: LocalGitHost, useFactory: makeLocalHost, inject: [GitConfig] },
  { provide: GitHost, useExisting: LocalGitHost },
];
const COMMANDS = [
  CreateBranch,
  CommitFiles,
  OpenPullRequest,
  ReviewPullRequest,
  MergePullRequest,
  ClosePullRequest,
  SetCheck,
];
const QUERIES = [
  GetRepository,
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
  ClaimBranches,
  GitAccess,
  GitUsers,
  JudgePush,
  KeepRepositories,
  Merging,
  RecordRefs,
  SetUpRepository,
  Unfinished,
];
const PARTS = [GitRoomFinisher, GitRepositoryContext, GitImportGate, GitSnapshot];
const OFFERED = [GitEvents, GitHttp, GitJobs, GitSweep, ...PARTS];

@Module({
  providers: [...HOST, GitRuntime, ...COMMANDS, ...QUERIES, ...WORK, ...OFFERED],
  exports: OFFERED,
})
export class GitModule {}
