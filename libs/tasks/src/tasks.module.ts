import { Module } from '@nestjs/common';
import { AgentStandings } from './application/agent-standings.js';
import { AcceptSuggestion } from './application/commands/accept-suggestion.js';
import { AssignTask } from './application/commands/assign-task.js';
import { BlockTask } from './application/commands/block-task.js';
import { CancelTask } from './application/commands/cancel-task.js';
import { ClaimTask } from './application/commands/claim-task.js';
import { CompleteTask } from './application/commands/complete-task.js';
import { CreateTask } from './application/commands/create-task.js';
import { DeclineTask } from './application/commands/decline-task.js';
import { DismissSuggestion } from './application/commands/dismiss-suggestion.js';
import { EditTask } from './application/commands/edit-task.js';
import { ReleaseTask } from './application/commands/release-task.js';
import { ReportProgress } from './application/commands/report-progress.js';
import { ReviewTask } from './application/commands/review-task.js';
import { SetBudget } from './application/commands/set-budget.js';
import { StartTask } from './application/commands/start-task.js';
import { SubmitTask } from './application/commands/submit-task.js';
import { UnblockTask } from './application/commands/unblock-task.js';
import { GetTask } from './application/queries/get-task.js';
import { ListBudgets } from './application/queries/list-budgets.js';
import { ListLeases } from './application/queries/list-leases.js';
import { ListSuggestions } from './application/queries/list-suggestions.js';
import { ListTasks } from './application/queries/list-tasks.js';
import { TaskQueue, WhyAgent, WhyTask } from './application/queries/why.js';
import { ReleaseDeparted } from './application/release-departed.js';
import { TaskDirectoryPart, TaskSnapshotPart } from './application/room-parts.js';
import { TaskClaimClock } from './application/task-claim-clock.js';
import { TaskJobs } from './application/task-jobs.js';
import { TaskOffers } from './application/task-offers.js';

const COMMANDS = [
  AcceptSuggestion,
  AssignTask,
  BlockTask,
  CancelTask,
  ClaimTask,
  CompleteTask,
  CreateTask,
  DeclineTask,
  DismissSuggestion,
  EditTask,
  ReleaseTask,
  ReportProgress,
  ReviewTask,
  SetBudget,
  StartTask,
  SubmitTask,
  UnblockTask,
];
const QUERIES = [GetTask, ListBudgets, ListLeases, ListSuggestions, ListTasks, TaskQueue, WhyAgent, WhyTask];
const PARTS = [TaskSnapshotPart, TaskDirectoryPart, TaskOffers, AgentStandings, ReleaseDeparted];

@Module({
  providers: [...COMMANDS, ...QUERIES, ...PARTS, TaskClaimClock, TaskJobs],
  exports: [TaskClaimClock, TaskJobs],
})
export class TasksModule {}
