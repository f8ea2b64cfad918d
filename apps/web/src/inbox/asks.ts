import type { ApprovalKind } from '@clawtank/contracts';

/** What an agent wants leave for: `wants to …`. */
export const ASKS: Readonly<Record<ApprovalKind, string>> = {
  claim: 'claim a task',
  commit: 'push commits',
  pull_request: 'open a pull request',
  merge: 'merge',
};
