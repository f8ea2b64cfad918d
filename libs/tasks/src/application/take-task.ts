import type { Actor, LeaseView, TaskChange } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { enforce, type Failure, invariant } from '@clawtank/kernel';
import type { Room } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import type { Claimant, Task } from '../domain/task.js';
import { mayBeClaimed } from '../domain/task-policies.js';
import { advance, NO_FACTS } from '../domain/task-states.js';
import { insertClaim, takeOpenTask } from '../persistence/claim-rows.js';
import { announceUpdate } from './announce-update.js';
import {
  grantLeases,
  standingInTheWay,
  waitingTasks,
  waitSentence,
  type WantedPath,
  wantedPaths,
} from './grant-leases.js';
import { reread, stepTask } from './step-task.js';

export interface Taking {
  readonly room: Room;
  readonly task: Task;
  readonly claimant: Claimant;
  /** What to lease. */
  readonly wanted: readonly WantedPath[];
  readonly trigger: 'claim' | 'assign';
  readonly actor: Actor;
  /** Refuses a claimant that can't take on a task; asked only when the task itself is free. */
  readonly check: () => Promise<void>;
}

export interface Taken {
  readonly task: Task;
  readonly fence: number;
  readonly leases: readonly LeaseView[];
  /** Where the leases meet others', or what the claim waits for. */
  readonly warnings: readonly string[];
}

const CHANGES: Record<Taking['trigger'], TaskChange> = { claim: 'claimed', assign: 'assigned' };

/**
 * Makes a claim: a new fence, a branch of its own, leases on paths. The room must be locked.
 * @throws task.taken, task.blocked, task.closed, paths.leased
 */
export async function takeTask(tx: LogTx, taking: Taking): Promise<Taken> {
  const { room, task, claimant, trigger, actor } = taking;
  enforce(mayBeClaimed(task));
  await taking.check();
  advance(task.status, trigger, NO_FACTS);
  const fence = await takeOpenTask(tx, task.id);
  if (fence === undefined) {
    enforce(mayBeClaimed(await reread(tx, task.id)));
    throw fail('task.illegal_step', { from: task.status, step: trigger });
  }
  await insertClaim(tx, {
    taskId: task.id,
    roomId: room.id,
    fence,
    claimant,
    branch: `clawtank/${task.key}/${String(fence)}`,
    baseBranch: task.keptBranch ?? room.repository.defaultBranch,
    leaseSeconds: room.settings.claim_lease_seconds,
  });
  const after = await reread(tx, task.id);
  announceUpdate(tx, task, after, { change: CHANGES[trigger], actor });
  return { fence, ...(await lease(tx, taking, after)) };
}

/**
 * Leases the wanted paths by the room's policy. Where they are taken, a claim is refused, waits in line, or shares
 * them with a warning.
 */
async function lease(
  tx: LogTx,
  { room, wanted, actor }: Taking,
  task: Task,
): Promise<Pick<Taken, 'task' | 'leases' | 'warnings'>> {
  const policy = room.settings.lease_policy;
  const named = wanted.filter(({ source }) => source === 'claim').map(({ pattern }) => pattern);
  const ahead = policy === 'queue' ? await waitingTasks(tx, room.id) : [];
  const way = await standingInTheWay(tx, task, named, { ahead });
  if (way.length === 0 || policy === 'warn') return { task, ...(await grantLeases(tx, task, wanted, actor)) };
  if (policy === 'refuse') throw refusal(way);
  const waits_for = way.map(({ holder: _, ...wait }) => wait);
  const blocked_paths = { since: await instant(tx), wanted: named, waits_for };
  const step = { trigger: 'await_dependency', change: 'blocked', actor, patch: { blocked_paths } } as const;
  const after = await stepTask(tx, task, step);
  return { task: after, leases: [], warnings: waits_for.map((wait) => waitSentence(task.key, wait)) };
}

/**
 * Leases more paths for a claim that is held already. One that holds some and waited for others could stand in
 * the way of whom it waits for, so it is refused where it would wait. @throws paths.leased
 */
export async function leaseMore(
  tx: LogTx,
  room: Room,
  task: Task,
  paths: readonly string[],
  actor: Actor,
): Promise<Pick<Taken, 'leases' | 'warnings'>> {
  const wanted = await wantedPaths(tx, task, paths);
  const ahead = room.settings.lease_policy === 'queue' ? await waitingTasks(tx, room.id) : [];
  const way = await standingInTheWay(
    tx,
    task,
    wanted.map(({ pattern }) => pattern),
    { ahead },
  );
  if (way.length > 0 && room.settings.lease_policy !== 'warn') throw refusal(way);
  return grantLeases(tx, task, wanted, actor);
}

const refusal = (way: Awaited<ReturnType<typeof standingInTheWay>>): Failure =>
  fail('paths.leased', {
    conflicts: way.map(({ pattern, held_pattern, task_key, holder }) => ({
      pattern,
      held_pattern,
      task_key,
      holder,
    })),
  });

/** The database's clock, which orders those who wait on whatever node they asked. */
async function instant(tx: LogTx): Promise<string> {
  const rows = await tx.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  const now = rows[0]?.now;
  invariant(now, 'the database has no clock');
  return now.toISOString();
}
