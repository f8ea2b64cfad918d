import type { Actor, EventMap } from '@clawtank/contracts';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { lapseApprovals, lockRoomById, type Room, setRepositoryHead } from '@clawtank/rooms';
import { type LiveClaim, liveClaims, markPushed, widenLeases } from '@clawtank/tasks';
import { workOf } from '../domain/attribution.js';
import { fail } from '../domain/failures.js';
import type { CommitRecord } from '../domain/git-objects.js';
import { branchOf, TAGS } from '../domain/ref-names.js';
import type { RefMoved } from '../domain/ref-moves.js';
import { announcedMerge, announcedMove, type MoveSource } from '../persistence/intents.js';
import { findOpenPullRequest, saveHead } from '../persistence/pull-requests.js';
import { findKnownRef, saveMove } from '../persistence/refs.js';
import { recordCommits } from './record-commits.js';
import { putOut } from './put-out.js';
import { wantCheck } from '../persistence/repositories.js';

/** A move with what it brought, and the count of recorded moves it was compared with. */
export interface SeenMove extends RefMoved {
  readonly moves: number;
  readonly isDefault: boolean;
  readonly forced: boolean;
  /** Commits that neither the ref nor the default branch had, oldest first. */
  readonly commits: readonly CommitRecord[];
  /** Files in which the branch differs from the default branch. */
  readonly paths: readonly string[];
}

export interface RecordedMove {
  /** A pull request whose head this moved. */
  readonly published?: { readonly number: number; readonly head: string };
}

/** A push that touches more is no work on some files; its claim leases the first of them. */
const MAX_LEASED_PATHS = 500;

/** Records one move with its events, unless somebody has recorded it since it was seen. Locks the room. */
export async function recordMove(tx: LogTx, roomId: string, seen: SeenMove): Promise<RecordedMove> {
  const room = await lockRoomById(tx, roomId);
  const known = await findKnownRef(tx, roomId, seen.ref);
  const outdated = (known?.sha ?? null) !== seen.from || (known?.moves ?? 0) !== seen.moves;
  if (!room || outdated) return {};
  const source = await sourceOf(tx, room, seen, known?.taskId ?? null);
  const { actor, taskId } = source;
  const refTaskId = seen.isDefault ? null : taskId;
  await saveMove(tx, roomId, { ...seen, move: seen.moves + 1, actor, taskId, refTaskId });
  appendMove(tx, roomId, seen, source);
  await recordCommits(tx, roomId, seen, source);
  await recordWork(tx, seen, source);
  if (refTaskId !== null && seen.to !== null)
    await lapseApprovals(tx, roomId, refTaskId, ['pull_request', 'merge'], seen.to);
  if (seen.isDefault) await setRepositoryHead(tx, roomId, { headSha: seen.to });
  await wantCheck(tx, roomId);
  return moveHead(tx, roomId, seen, source.actor);
}

/** Who did it: whoever announced it; else the system, for the task that the branch belongs to. */
async function sourceOf(tx: LogTx, room: Room, seen: SeenMove, taskId: string | null): Promise<MoveSource> {
  const announced = seen.to === null ? undefined : await announcedMove(tx, room.id, seen.ref, seen.to);
  const source = announced ?? (seen.isDefault ? await announcedMerge(tx, room.id) : undefined);
  if (source) return source;
  const claims = await liveClaims(tx, room.id);
  const own = claims.find(({ branch }) => branch === branchOf(seen.ref));
  const work = room.repository.host === 'local' || seen.isDefault ? undefined : hostedWork(seen, claims);
  if (work) return { actor: actorFor(work.claimant), taskId: work.taskId, fence: own?.fence ?? null };
  return { actor: SYSTEM_ACTOR, taskId: own?.taskId ?? taskId, fence: own?.fence ?? null };
}

/** A code host lets people push without a word to us, so that the work itself has to tell whose it is. */
const hostedWork = (seen: SeenMove, claims: readonly LiveClaim[]): LiveClaim | undefined =>
  workOf(branchOf(seen.ref) ?? '', seen.commits, claims);

const actorFor = ({ kind, id, name }: LiveClaim['claimant']): Actor => ({ kind, id, name });

function appendMove(tx: LogTx, roomId: string, seen: SeenMove, { actor, taskId }: MoveSource): void {
  const { ref, from, to, forced } = seen;
  const branch = branchOf(ref);
  if (branch === undefined) {
    if (to)
      tx.appendToRoom(roomId, { type: 'git.tag', actor, data: { tag: ref.slice(TAGS.length), sha: to } });
    return;
  }
  const action = to === null ? 'deleted' : from === null ? 'created' : forced ? 'forced' : 'updated';
  const data: EventMap['git.branch'] = { branch, action, old_sha: from, sha: to, task_id: taskId };
  tx.appendToRoom(roomId, { type: 'git.branch', actor, data });
}

/** Tells the claim what was really touched. */
async function recordWork(tx: LogTx, seen: SeenMove, source: MoveSource): Promise<void> {
  const { taskId, fence, actor } = source;
  if (taskId === null || fence === null || seen.commits.length === 0) return;
  await markPushed(tx, taskId, fence);
  await widenLeases(tx, { taskId, fence }, seen.paths.slice(0, MAX_LEASED_PATHS), actor);
}

async function moveHead(tx: LogTx, roomId: string, seen: SeenMove, actor: Actor): Promise<RecordedMove> {
  const branch = branchOf(seen.ref);
  const request = branch === undefined ? undefined : await findOpenPullRequest(tx, roomId, { branch });
  if (!request || seen.to === null) return {};
  await saveHead(tx, request.id, seen.to);
  const data: EventMap['git.pull_request'] = {
    number: request.number,
    action: 'updated',
    title: request.title,
    branch: request.branch,
    task_id: request.taskId,
    head_sha: seen.to,
    mergeable: 'unknown',
  };
  tx.appendToRoom(roomId, { type: 'git.pull_request', actor, data });
  // An approval speaks of one commit; whatever waited on it has lost it.
  await putOut(tx, { ...request, headSha: seen.to }, fail('git.not_approved', { number: request.number }));
  return { published: { number: request.number, head: seen.to } };
}
