import type { Principal } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { connectedAgents, type Room } from '@clawtank/rooms';
import { endResolutionTask, findTask, liveClaims, openResolutionTask } from '@clawtank/tasks';
import { bestPlaced, type Helper, type Placed } from '../domain/best-placed.js';
import type { OpenConflict } from '../domain/conflict-plan.js';
import type { PullRequest } from '../domain/pull-request.js';
import { branchOf } from '../domain/ref-names.js';
import { type FileWork, workOn } from '../persistence/commits.js';
import { isResolutionTask } from '../persistence/conflicts.js';

const MAX_TITLE_FILES = 3;

/**
 * Opens the task that settles a detected conflict and addresses it to whoever is best placed. A conflict of such
 * a task itself gets none: whoever holds it is at it already. The room must be locked.
 * @returns the task's id, or null without one
 */
export async function openResolution(
  tx: LogTx,
  room: Room,
  conflict: Omit<OpenConflict, 'resolutionTaskId'>,
  request: PullRequest,
): Promise<string | null> {
  const task = await findTask(tx, request.taskId);
  if (!task || (await isResolutionTask(tx, room.id, task.id))) return null;
  const otherRef = [conflict.left, conflict.right].find((ref) => branchOf(ref) !== request.branch) ?? '';
  const other = branchOf(otherRef) ?? otherRef;
  const placed = bestPlaced(await helpersFor(tx, room, conflict, request, other));
  const named = conflict.files.slice(0, MAX_TITLE_FILES).join(', ');
  const more = conflict.files.length - MAX_TITLE_FILES;
  const id = await openResolutionTask(tx, room, {
    title:
      `Resolve the conflict of ${task.key} with ${other} in ${named}${more > 0 ? ` and ${String(more)} more` : ''}`.slice(
        0,
        200,
      ),
    description: describe(conflict.files, { key: task.key, branch: request.branch, other }, placed),
    files: conflict.files,
    branch: request.branch,
    beside: conflict.taskIds,
    addressedTo: placed.slice(0, 1).map(({ id: agentId }) => agentId),
  });
  return id ?? null;
}

/** Ends the task of a conflict that is gone or stands in nobody's way. The room must be locked. */
export async function endResolution(
  tx: LogTx,
  conflict: Pick<OpenConflict, 'resolutionTaskId'>,
  settledBy: Pick<Principal, 'id'> | null,
  note: string,
): Promise<void> {
  if (conflict.resolutionTaskId) await endResolutionTask(tx, conflict.resolutionTaskId, settledBy, note);
}

/** Whoever completed the task of a conflict settled it, although it was somebody else who merged that work. */
export async function settlerOf(
  tx: LogTx,
  conflict: Pick<OpenConflict, 'resolutionTaskId'>,
): Promise<Principal | null> {
  const task = conflict.resolutionTaskId ? await findTask(tx, conflict.resolutionTaskId) : undefined;
  if (task?.status !== 'complete' || !task.claim) return null;
  const { kind, id, name } = task.claim.claimant;
  return { kind, id, name };
}

async function helpersFor(
  tx: LogTx,
  room: Room,
  conflict: Pick<OpenConflict, 'files'>,
  request: PullRequest,
  other: string,
): Promise<readonly Helper[]> {
  const claims = await liveClaims(tx, room.id);
  const work = await workOn(tx, room.id, conflict.files);
  const holderOf = (branch: string): string | undefined =>
    claims.find((claim) => claim.branch === branch)?.claimant.id;
  const otherSide = holderOf(other) ?? latestElsewhere(work, request.branch);
  const agents = (await connectedAgents(tx, room.id)).filter(({ paused }) => !paused);
  return agents.map(({ agentId, name, maxConcurrentTasks }) => ({
    id: agentId,
    name,
    holdsBranch: holderOf(request.branch) === agentId,
    madeOtherSide: otherSide === agentId,
    commits: work.filter((one) => one.agentId === agentId).reduce((sum, { commits }) => sum + commits, 0),
    busy:
      claims.filter(
        ({ claimant, status }) =>
          claimant.id === agentId && (status === 'claimed' || status === 'in_progress'),
      ).length >= maxConcurrentTasks,
  }));
}

/** The default branch is nobody's: its side was made by whoever last committed to the files and was merged. */
const latestElsewhere = (work: readonly FileWork[], branch: string): string | undefined =>
  work.find((one) => one.merged && one.branch !== branch)?.agentId;

function describe(
  files: readonly string[],
  { key, branch, other }: { readonly key: string; readonly branch: string; readonly other: string },
  placed: readonly Placed[],
): string {
  const [best] = placed;
  return [
    `${branch} (${key}) no longer merges with ${other}. In conflict: ${files.join(', ')}.`,
    `A claim of this task starts from ${branch}: merge ${other} into it, settle the files, and open a pull request. ` +
      `Whoever holds ${key} may push the merge to ${branch} instead.`,
    'This task ends by itself when the branches merge cleanly.',
    ...(best ? [`Best placed: ${best.name}, who ${best.reasons.join(', ')}.`] : []),
  ].join('\n\n');
}
