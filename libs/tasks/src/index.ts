export { advanceTask } from './application/advance-task.js';
export type { FactInfo, TaskFact } from './application/advance-task.js';
export { captureFromChat, forgetSuggestions } from './application/capture-from-chat.js';
export type { ChatCapture } from './application/capture-from-chat.js';
export {
  findClaimCredential,
  findTask,
  isClaimCurrent,
  liveClaims,
  markPushed,
  requireFence,
} from './application/claims.js';
export { rememberWork } from './application/remember-work.js';
export { endResolutionTask, openResolutionTask } from './application/resolution-task.js';
export type { ResolutionDraft } from './application/resolution-task.js';
export { holdForApproval } from './application/require-approval.js';
export { TaskClaimClock } from './application/task-claim-clock.js';
export { TaskJobs } from './application/task-jobs.js';
export { widenLeases } from './application/widen-leases.js';
export { mayMergeTask, subtasksDone } from './domain/may-merge.js';
export { liveClaimOf } from './domain/task.js';
export type {
  Blockers,
  Claim,
  Claimant,
  ClaimEnd,
  CredentialClaim,
  LiveClaim,
  Task,
  Trespass,
  WorkingState,
} from './domain/task.js';
export { tasksMigrations } from './persistence/all-migrations.js';
export { TasksModule } from './tasks.module.js';
