import type { Actor, LeaseView, PathWait } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { LogTx } from '@clawtank/events';
import { inferPaths } from '../domain/infer-paths.js';
import { meetings } from '../domain/lease-overlap.js';
import type { Task } from '../domain/task.js';
import { insertLeases, type LeaseRow, leaseView, listLeases } from '../persistence/lease-rows.js';
import { listPastWork } from '../persistence/past-work.js';
import { listWaiting } from '../persistence/task-rows.js';
import { soundPatterns } from './sound-patterns.js';

/** A path that a claim leases, and where it comes from if nobody named it for the claim. */
export interface WantedPath {
  readonly pattern: string;
  readonly source: 'claim' | 'inferred';
  readonly why: string | null;
}

export interface Granted {
  readonly leases: readonly LeaseView[];
  /** Where the leases meet others'. */
  readonly warnings: readonly string[];
}

const PAST_CHANGES = 500;

/**
 * What a claim of a task leases: the paths that it names, else the task's own, else what can be told from its
 * text and from past work. @throws paths.invalid
 */
export async function wantedPaths(
  tx: Tx,
  task: Task,
  given?: readonly string[],
): Promise<readonly WantedPath[]> {
  const named = given ? soundPatterns(given) : task.paths;
  if (given || named.length > 0)
    return named.map((pattern) => ({ pattern, source: 'claim' as const, why: null }));
  const inferred = inferPaths(task, await listPastWork(tx, task.roomId, PAST_CHANGES));
  return inferred.map(({ pattern, named: sure, why }) => ({
    pattern,
    source: sure ? 'claim' : 'inferred',
    why,
  }));
}

/**
 * Whose leases stand in the way of these patterns, and, where claims wait in line, whose wait began earlier.
 * Guesses stand in nobody's way. The room must be locked.
 */
export async function standingInTheWay(
  tx: Tx,
  task: Task,
  patterns: readonly string[],
  { ahead = [] }: { readonly ahead?: readonly Task[] } = {},
): Promise<readonly (PathWait & Pick<LeaseRow, 'holder'>)[]> {
  const held = (await listLeases(tx, task.roomId)).filter(({ source }) => source !== 'inferred');
  const wanted = ahead.flatMap(wantsOf);
  return meetings(patterns, [...held, ...wanted], task.id, task.beside).map(({ pattern, lease }) => ({
    task_id: lease.task_id,
    task_key: lease.task_key,
    holder_name: lease.holder.name,
    held_pattern: lease.pattern,
    pattern,
    holder: lease.holder,
  }));
}

function wantsOf({
  id,
  key,
  claim,
  blockers,
}: Task): Pick<LeaseRow, 'task_id' | 'task_key' | 'pattern' | 'holder'>[] {
  if (!claim) return [];
  const { kind, id: holderId, name } = claim.claimant;
  const holder = { kind, id: holderId, name };
  return (blockers.paths?.wanted ?? []).map((pattern) => ({ task_id: id, task_key: key, pattern, holder }));
}

/** Claims of a room that wait for paths, the longest waiting first. */
export const waitingTasks = listWaiting;

/** In words. */
export const waitSentence = (key: string, wait: PathWait): string =>
  `${key} waits for ${wait.task_key} (${wait.holder_name}) on ${wait.held_pattern}.`;

/**
 * Writes leases for the task's live claim and announces them: exclusive ones, and shared ones where they meet
 * another's or are guesses. The room must be locked.
 */
export async function grantLeases(
  tx: LogTx,
  task: Task,
  wanted: readonly WantedPath[],
  actor: Actor,
): Promise<Granted> {
  const others = await listLeases(tx, task.roomId);
  const met = meetings(
    wanted.map(({ pattern }) => pattern),
    others,
    task.id,
    task.beside,
  );
  const shared = new Set(
    met.filter(({ lease }) => lease.source !== 'inferred').map(({ pattern }) => pattern),
  );
  const exclusive = wanted.filter(({ pattern, source }) => source === 'claim' && !shared.has(pattern));
  const besides = wanted.filter(({ pattern, source }) => source === 'claim' && shared.has(pattern));
  await write(tx, task, exclusive, 'claim', true);
  await write(tx, task, besides, 'claim', false);
  announce(tx, task, wanted, 'claim', actor);
  const guesses = wanted.filter(({ source }) => source === 'inferred');
  await write(tx, task, guesses, 'inferred', false);
  announce(tx, task, guesses, 'inferred', actor);
  return {
    leases: (await listLeases(tx, task.roomId, task.id)).map(leaseView),
    warnings: met.map(({ pattern, lease }) => {
      const does = lease.source === 'inferred' ? 'is likely to touch' : 'holds';
      return `${pattern} meets ${lease.pattern}, which ${lease.holder.name} ${does} for ${lease.task_key}.`;
    }),
  };
}

async function write(
  tx: LogTx,
  task: Task,
  wanted: readonly WantedPath[],
  source: WantedPath['source'],
  exclusive: boolean,
): Promise<void> {
  if (wanted.length === 0) return;
  await insertLeases(tx, {
    taskId: task.id,
    fence: task.claim?.fence ?? 0,
    roomId: task.roomId,
    source,
    exclusive,
    patterns: wanted.map(({ pattern }) => pattern),
    why: wanted.map(({ why }) => why),
  });
}

function announce(
  tx: LogTx,
  task: Task,
  wanted: readonly WantedPath[],
  source: WantedPath['source'],
  actor: Actor,
): void {
  const mine = wanted.filter((path) => path.source === source);
  if (mine.length === 0) return;
  const why = mine.flatMap((path) => path.why ?? []);
  const data = {
    task_id: task.id,
    key: task.key,
    patterns: mine.map(({ pattern }) => pattern),
    source,
    trespass: [],
    ...(why.length > 0 ? { why } : {}),
  };
  tx.appendToRoom(task.roomId, { type: 'task.lease', actor, data });
}
