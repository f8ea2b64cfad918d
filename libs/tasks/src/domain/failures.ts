import type { BudgetMeasure, BudgetScope } from '@clawtank/contracts';
import { defineFailures } from '@clawtank/kernel';

interface LeaseConflict {
  /** What was asked for. */
  readonly pattern: string;
  readonly held_pattern: string;
  readonly task_key: string;
  readonly holder: { readonly kind: string; readonly id: string; readonly name: string };
}

interface SpentDetails {
  readonly text: string;
  readonly scope: BudgetScope;
  readonly measure: BudgetMeasure;
  readonly limit: number;
  readonly used: number;
  readonly renews_at: string | null;
}

const list = (words: readonly string[]): string => words.join(', ');

export const { fail, deny } = defineFailures({
  // Missing, or in a room that looks missing to the caller: the same answer.
  'task.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such task.' },
  'task.taken': {
    code: 'CONFLICT',
    say: (a: { key: string; by: string; by_id: string }) => `${a.key} is taken by ${a.by}.`,
  },
  'task.illegal_step': {
    code: 'CONFLICT',
    say: (a: { from: string; step: string }) =>
      `A task that is ${a.from} can't ${a.step.replaceAll('_', ' ')}.`,
  },
  'task.blocked': { code: 'CONFLICT', say: (a: { key: string }) => `${a.key} is blocked.` },
  'task.closed': {
    code: 'CONFLICT',
    say: (a: { key: string; status: string }) => `${a.key} is ${a.status}.`,
  },
  'task.room_closed': {
    code: 'CONFLICT',
    say: (a: { state: string }) => `The room is ${a.state}: its tasks don't change any more.`,
  },
  'claim.stale': {
    code: 'STALE_CLAIM',
    say: (a: { key: string; fence: number; current_fence: number | null }) =>
      `The claim ${String(a.fence)} of ${a.key} has ended.`,
  },
  'task.not_yours': {
    code: 'FORBIDDEN',
    say: (a: { key: string; by: string }) => `${a.key} is held by ${a.by}.`,
  },
  'task.fence_needed': {
    code: 'VALIDATION_FAILED',
    say: (a: { key: string }) => `An agent names the fence of its claim on ${a.key}.`,
  },
  'paths.leased': {
    code: 'PATHS_LEASED',
    say: (a: { conflicts: readonly LeaseConflict[] }) =>
      `Others hold these paths: ${list(
        a.conflicts.map((c) => `${c.held_pattern} (${c.task_key}, ${c.holder.name}) meets ${c.pattern}`),
      )}.`,
  },
  'paths.invalid': { code: 'VALIDATION_FAILED', say: (_: object) => 'A path can not be leased.' },
  'task.agent_absent': {
    code: 'CONFLICT',
    say: (a: { name: string }) => `${a.name} is not in the room: it must register and report ready first.`,
  },
  'task.agent_paused': { code: 'CONFLICT', say: (a: { name: string }) => `${a.name} is paused.` },
  'task.agent_busy': {
    code: 'CONFLICT',
    say: (a: { name: string; tasks: readonly string[]; max: number }) =>
      `${a.name} works on ${list(a.tasks)} and takes no more than ${String(a.max)} at a time.`,
  },
  'task.host_assigns': {
    code: 'FORBIDDEN',
    say: (a: { key: string }) => `In this room the host assigns tasks: ${a.key} can't be claimed.`,
  },
  'task.host_only_assigns': {
    code: 'FORBIDDEN',
    say: (_: object) => 'In this room only the host assigns tasks.',
  },
  'task.not_your_turn': {
    code: 'CONFLICT',
    say: (a: { key: string; strategy: string; until: string; ahead: readonly string[] }) =>
      `${list(a.ahead)} may claim ${a.key} first, until ${a.until} (${a.strategy.replaceAll('_', ' ')}).`,
  },
  'budget.spent': {
    code: 'CONFLICT',
    say: (a: SpentDetails) => a.text,
  },
  'budget.host_only': { code: 'FORBIDDEN', say: (_: object) => "Only the host sets the room's budget." },
  'task.no_such_assignee': {
    code: 'VALIDATION_FAILED',
    say: (_: object) => 'The assignee is neither a member nor an agent of the room.',
  },
  'task.no_such_agent': {
    code: 'NOT_FOUND',
    say: (_: object) => 'There is no such agent in the room.',
  },
  'task.people_only': { code: 'FORBIDDEN', say: (_: object) => 'Only people may do this.' },
  'task.agents_only': { code: 'FORBIDDEN', say: (_: object) => 'Only an agent may do this.' },
  'task.not_its_own': {
    code: 'FORBIDDEN',
    say: (_: object) => 'An agent may only change tasks that it created or holds.',
  },
  'task.has_pull_request': {
    code: 'CONFLICT',
    say: (a: { key: string; number: number }) =>
      `${a.key} has pull request #${String(a.number)}: review and merge that instead.`,
  },
  'task.not_approved': {
    code: 'CONFLICT',
    say: (a: { key: string }) => `Nobody but its author has approved the work on ${a.key}.`,
  },
  'task.not_in_review': {
    code: 'CONFLICT',
    say: (a: { key: string; status: string }) => `${a.key} is ${a.status}, not in review.`,
  },
  'task.not_blocked': {
    code: 'CONFLICT',
    say: (a: { key: string }) => `${a.key} was not blocked by hand.`,
  },
  'task.not_finished': {
    code: 'CONFLICT',
    say: (a: { key: string; status: string }) =>
      `${a.key} is ${a.status}: give it a subtask, a follow-up is for finished work.`,
  },
  'task.open_subtasks': {
    code: 'CONFLICT',
    say: (a: { key: string; subtasks: readonly string[] }) =>
      `${a.key} has subtasks that are not done: ${list(a.subtasks)}.`,
  },
  'task.unknown_dependency': {
    code: 'VALIDATION_FAILED',
    say: (a: { task_ids: readonly string[] }) => `Not tasks of this room: ${list(a.task_ids)}.`,
  },
  'task.dependency_cycle': {
    code: 'CONFLICT',
    say: (_: object) => 'The task would wait for itself.',
  },
  'suggestion.not_found': { code: 'NOT_FOUND', say: (_: object) => 'There is no such suggestion.' },
  'suggestion.resolved': {
    code: 'CONFLICT',
    say: (a: { state: string }) => `The suggestion was ${a.state} before.`,
  },
});
