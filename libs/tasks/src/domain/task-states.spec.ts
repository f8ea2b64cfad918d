import { TASK_STATES, type TaskState } from '@clawtank/contracts';
import {
  advance,
  canAdvance,
  clockRuns,
  NO_FACTS,
  type StepFacts,
  STEPS,
  type TaskTrigger,
} from './task-states.js';
import type { WorkingState } from './task.js';

const facts = (some: Partial<StepFacts> = {}): StepFacts => ({ ...NO_FACTS, ...some });

/** The protocol's table of task states, row by row. */
const PROTOCOL: readonly [TaskState | null, TaskTrigger, Partial<StepFacts>, TaskState][] = [
  [null, 'create', {}, 'open'],
  [null, 'create', { dependencyOpen: true }, 'blocked'],
  ['open', 'claim', {}, 'claimed'],
  ['open', 'assign', {}, 'claimed'],
  ['claimed', 'start', {}, 'in_progress'],
  ['in_progress', 'submit', {}, 'review'],
  ['review', 'request_changes', { pullRequestOpen: true }, 'in_progress'],
  ['review', 'close_pull_request', { pullRequestOpen: true }, 'in_progress'],
  ['review', 'leave_merge_queue', { pullRequestOpen: true }, 'in_progress'],
  ['in_progress', 'conflict', {}, 'blocked'],
  ['review', 'conflict', { pullRequestOpen: true }, 'blocked'],
  ['blocked', 'resolve_conflict', { blockedFrom: 'in_progress', pullRequestOpen: true }, 'review'],
  ['blocked', 'resolve_conflict', { blockedFrom: 'review', pullRequestOpen: true }, 'review'],
  ['blocked', 'resolve_conflict', { blockedFrom: 'in_progress' }, 'in_progress'],
  ['blocked', 'resolve_conflict', { blockedFrom: 'review' }, 'in_progress'],
  ['open', 'await_dependency', {}, 'blocked'],
  ['claimed', 'await_dependency', {}, 'blocked'],
  ['in_progress', 'await_dependency', {}, 'blocked'],
  ['review', 'await_dependency', {}, 'blocked'],
  ['blocked', 'meet_dependency', { blockedFrom: 'open' }, 'open'],
  ['blocked', 'meet_dependency', { blockedFrom: 'claimed' }, 'claimed'],
  ['blocked', 'meet_dependency', { blockedFrom: 'in_progress' }, 'in_progress'],
  ['blocked', 'meet_dependency', { blockedFrom: 'review' }, 'review'],
  ['review', 'merge', { pullRequestOpen: true }, 'complete'],
  ['review', 'complete', {}, 'complete'],
  ['claimed', 'release', {}, 'open'],
  ['in_progress', 'release', {}, 'open'],
  ['claimed', 'expire', {}, 'open'],
  ['in_progress', 'expire', {}, 'open'],
  ['open', 'cancel', {}, 'cancelled'],
  ['claimed', 'cancel', {}, 'cancelled'],
  ['in_progress', 'cancel', {}, 'cancelled'],
  ['review', 'cancel', {}, 'cancelled'],
  ['blocked', 'cancel', { blockedFrom: 'review' }, 'cancelled'],
  // Blocked by hand is a reason of the same kind as a dependency; several reasons stack.
  ['open', 'block', {}, 'blocked'],
  ['claimed', 'block', {}, 'blocked'],
  ['in_progress', 'block', {}, 'blocked'],
  ['review', 'block', {}, 'blocked'],
  ['blocked', 'unblock', { blockedFrom: 'claimed' }, 'claimed'],
  ['blocked', 'block', { blockedFrom: 'claimed' }, 'blocked'],
  ['blocked', 'await_dependency', { blockedFrom: 'claimed' }, 'blocked'],
  ['blocked', 'conflict', { blockedFrom: 'in_progress' }, 'blocked'],
  ['blocked', 'conflict', { blockedFrom: 'review' }, 'blocked'],
  ['blocked', 'unblock', { blockedFrom: 'claimed', stillBlocked: true }, 'blocked'],
  ['blocked', 'meet_dependency', { blockedFrom: 'review', stillBlocked: true }, 'blocked'],
  ['blocked', 'resolve_conflict', { blockedFrom: 'review', stillBlocked: true }, 'blocked'],
];

const TRIGGERS = [...new Set(STEPS.flatMap((step) => step.by))];
const WAS: readonly (WorkingState | null)[] = ['open', 'claimed', 'in_progress', 'review'];

describe('task states', () => {
  it.each(PROTOCOL)('%s + %s (%j) -> %s', (from, trigger, some, to) => {
    expect(advance(from, trigger, facts(some))).toBe(to);
  });

  const refused = [null, ...TASK_STATES]
    .flatMap((from) =>
      TRIGGERS.flatMap((trigger) =>
        (from === 'blocked' ? WAS : [null]).map((blockedFrom) => ({ from, trigger, blockedFrom })),
      ),
    )
    .filter(
      ({ from, trigger, blockedFrom }) =>
        !PROTOCOL.some(
          ([state, by, some]) =>
            state === from &&
            by === trigger &&
            // Only a conflict asks where a blocked task came from.
            (from !== 'blocked' || trigger !== 'conflict' || some.blockedFrom === blockedFrom),
        ),
    );

  it.each(refused)('refuses $trigger when $from (before: $blockedFrom)', ({ from, trigger, blockedFrom }) => {
    expect(() => advance(from, trigger, facts({ blockedFrom }))).toThrow(
      expect.objectContaining({ code: 'CONFLICT', reason: 'task.illegal_step' }),
    );
    if (from !== null) expect(canAdvance({ status: from, blockedFrom }, trigger)).toBe(false);
  });

  it('has every trigger in the protocol, and no way out of complete and cancelled', () => {
    expect(new Set(PROTOCOL.map(([, trigger]) => trigger))).toEqual(new Set(TRIGGERS));
    expect(STEPS.some((step) => step.from.includes('complete') || step.from.includes('cancelled'))).toBe(
      false,
    );
  });

  it('lets the clock run only while work is expected', () => {
    const running = TASK_STATES.filter((status) => clockRuns(status, false));
    expect(running).toEqual(['claimed', 'in_progress']);
    expect(TASK_STATES.some((status) => clockRuns(status, true))).toBe(false);
  });
});
