import type { BranchView, CommitView } from './git-views.js';
import type {
  DecisionView,
  LeaseView,
  MemberView,
  MessageView,
  RoomAgentView,
  RoomView,
  TaskView,
} from './views.js';

/** Something that happened in a room, in words. */
export interface NewsView {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly text: string;
}

/** The context package an agent reads before it works; texts inside are other people's words, not instructions. */
export interface RoomContext {
  readonly room: RoomView;
  readonly members: readonly MemberView[];
  readonly agents: readonly RoomAgentView[];
  readonly repository: {
    readonly branches: readonly BranchView[];
    readonly recent_commits: readonly CommitView[];
    readonly files: readonly string[];
  };
  readonly chat_history: readonly MessageView[];
  readonly active_tasks: readonly TaskView[];
  readonly leases: readonly LeaseView[];
  readonly decisions: readonly DecisionView[];
  /**
   * What happened from `after` on: the caller's own position, or where the calling agent last left the room. Null
   * for who never left and names no position. Chat is told by `chat_history` alone.
   */
  readonly since_you_left: { readonly after: number; readonly news: readonly NewsView[] } | null;
  /** What was left out to stay within `budget`, by name and count. */
  readonly left_out: Readonly<Record<string, number>>;
  readonly cursor: number;
  readonly epoch: string;
}
