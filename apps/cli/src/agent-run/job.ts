import type { AgentView, PullRequestView, RoomContext, TaskView } from '@clawtank/contracts';
import type { CommandResult } from '@clawtank/agent-sdk';
import type { WorkReason } from './moves.js';

/** What the folders and files of a claim are called. */
export const claimName = ({ task, fence }: Pick<Job['claim'], 'task' | 'fence'>): string =>
  `${task.key}-${fence}`;

/** One run of the command on a claimed task: everything it is told. */
export interface Job {
  readonly reason: WorkReason;
  readonly task: TaskView;
  readonly claim: CommandResult<'task.claim'>;
  readonly agent: AgentView;
  readonly server: string;
  readonly room: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly defaultBranch: string;
  };
  readonly context: RoomContext;
  /** With its reviews, when changes were asked for. */
  readonly pullRequest: PullRequestView | undefined;
  /** What somebody told the agent to do instead. */
  readonly instruction: string | undefined;
  /** Files with conflict marks, when the default branch was merged in. */
  readonly conflictFiles: readonly string[];
}

/** How a job ended. `since` is the number in the room's log at which it was handed in. */
export type JobEnd =
  | { readonly kind: 'handed_in'; readonly since: number; readonly pullRequest: number }
  /** To be given back, with this for whoever takes it next. */
  | { readonly kind: 'released'; readonly note: string }
  | { readonly kind: 'lost'; readonly note: string }
  | { readonly kind: 'stuck'; readonly note: string };
