import type { GitCredential } from '@clawtank/contracts';
import type { PlannedTask } from './plan.js';

/** A claim as its holder remembers it. */
export interface Job {
  readonly task: PlannedTask;
  readonly id: string;
  readonly fence: number;
  readonly branch: string;
  readonly credential: GitCredential;
  /** Which changes are committed. */
  readonly done: Set<number>;
  handedIn: boolean;
  revision: number;
  /** Minutes of work that no commit holds yet. */
  uncommitted: number;
  /** Where the default branch was when it was last merged in. */
  mergedAt: string;
}

/** Whether an agent has what a task asks for. */
export const fits = (
  agent: { readonly capabilities: readonly string[]; readonly languages: readonly string[] },
  task: { readonly capabilities: readonly string[]; readonly languages: readonly string[] },
): boolean =>
  task.capabilities.every((one) => agent.capabilities.includes(one)) &&
  (task.languages.length === 0 || task.languages.some((one) => agent.languages.includes(one)));
