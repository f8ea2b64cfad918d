import type { HindranceCode } from '@clawtank/contracts';
import type { Task } from '../task.js';
import { type Candidate, hasFreeHand, type Met, type OpenTask } from './candidate.js';
import { opensAt, type Turn } from './places.js';
import type { OfferRules } from '../plan-offers.js';

/** One reason why a claim would not go through at this moment. */
export interface Hindrance {
  readonly code: HindranceCode;
  /** For people. */
  readonly text: string;
  /** When it ends by itself, in milliseconds; null if something has to happen first. */
  readonly until: number | null;
}

const because = (code: HindranceCode, text: string, until: number | null = null): Hindrance => ({
  code,
  text,
  until,
});

/** What keeps an agent from taking on anything. */
export function hindrancesOfAgent(agent: Candidate): readonly Hindrance[] {
  const { working, maxConcurrentTasks: most } = agent;
  return [
    ...(agent.paused ? [because('paused', 'It is paused.')] : []),
    ...(hasFreeHand(agent) ? [] : [because('busy', `It has ${String(working)} of ${String(most)} in hand.`)]),
    ...(agent.budgetLeft !== null && agent.budgetLeft <= 0
      ? [
          because(
            'budget',
            agent.budgetSpent?.text ?? 'Its budget is spent.',
            agent.budgetSpent?.until ?? null,
          ),
        ]
      : []),
  ];
}

type Standing = Pick<Task, 'key' | 'status' | 'blockers' | 'claim' | 'blockedFrom'>;

/** What keeps everybody from taking a task. */
export function hindrancesOfTask(
  task: Standing,
  room: { readonly refusal: string | null; readonly hostAssigns: boolean; readonly leasesBlock: boolean },
  met: readonly Met[],
  keyOf: (taskId: string) => string,
): readonly Hindrance[] {
  const held = task.claim && task.claim.endedAt === null ? task.claim : null;
  return [
    ...(room.refusal === null ? [] : [because('room', room.refusal)]),
    ...(held ? [because('held', `${held.claimant.name} has it.`)] : []),
    ...blockersOf(task, keyOf),
    ...(['complete', 'cancelled'].includes(task.status) ? [because('closed', `It is ${task.status}.`)] : []),
    ...(room.hostAssigns && task.status === 'open'
      ? [because('host_assigns', 'The host assigns tasks in this room.')]
      : []),
    ...(room.leasesBlock ? met : []).map(({ taskKey, pattern }) =>
      because('leased', `It waits for ${taskKey} on ${pattern}.`),
    ),
  ];
}

function blockersOf({ status, blockers }: Standing, keyOf: (taskId: string) => string): Hindrance[] {
  if (status !== 'blocked') return [];
  const { dependencies, conflict, manual, paths } = blockers;
  return [
    ...(dependencies.length > 0
      ? [because('blocked', `It waits for ${dependencies.map(keyOf).join(', ')}.`)]
      : []),
    ...(conflict ? [because('blocked', `It is in conflict over ${conflict.join(', ')}.`)] : []),
    ...(paths?.waits_for ?? []).map(({ task_key, holder_name, held_pattern }) =>
      because('blocked', `It waits for ${task_key} (${holder_name}) on ${held_pattern}.`),
    ),
    ...(manual === null ? [] : [because('blocked', `It is blocked: ${manual}`)]),
  ];
}

/** What keeps this agent from this task besides what hinders either of them alone. */
export function hindrancesOfPair(
  task: OpenTask,
  agent: Candidate,
  turn: Turn | undefined,
  { strategy, stepMs, now }: OfferRules,
): readonly Hindrance[] {
  const until = turn ? opensAt(task, turn.place, stepMs) : null;
  const waits = strategy === 'round_robin' || strategy === 'reputation_priority';
  return [
    ...(task.declined.has(agent.agentId) ? [because('declined', 'It turned the task down.')] : []),
    ...(waits && until !== null && until > now ? [because('turn', 'Others may claim it first.', until)] : []),
  ];
}
