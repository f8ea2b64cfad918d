import type { Actor, EventMap } from '@clawtank/contracts';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { lockRoomById, type Room, setRepositoryHead } from '@clawtank/rooms';
import { liveClaims, markPushed, widenLeases } from '@clawtank/tasks';
import type { CommitRecord } from '../domain/git-objects.js';
import { branchOf, TAGS } from '../domain/ref-names.js';
import type { RefMoved } from '../domain/ref-moves.js';
import { saveCommit } from '../persistence/commits.js';
import { announcedMerge, announcedMove, type MoveSource } from '../persistence/intents.js';
import { findOpenPullRequest, saveHead } from '../persistence/pull-requests.js';
import { findKnownRef, saveMove } from '../persistence/refs.js';
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

const MAX_EVENT_FILES = 200;
/** A push that touches more is no work on some files; its claim leases the first of them. */
const MAX_LEASED_PATHS = 500;
const MAX_EVENT_MESSAGE = 4_000;

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
  if (seen.isDefault) await setRepositoryHead(tx, roomId, { headSha: seen.to });
  await wantCheck(tx, roomId);
  return moveHead(tx, roomId, seen, source.actor);
}

/** Who did it: whoever announced it; else the system, for the task that the branch belongs to. */
async function sourceOf(tx: LogTx, room: Room, seen: SeenMove, taskId: string | null): Promise<MoveSource> {
  const announced = seen.to === null ? undefined : await announcedMove(tx, room.id, seen.ref, seen.to);
  const source = announced ?? (seen.isDefault ? await announcedMerge(tx, room.id) : undefined);
  if (source) return source;
  const claim = (await liveClaims(tx, room.id)).find(({ branch }) => branch === branchOf(seen.ref));
  return { actor: SYSTEM_ACTOR, taskId: claim?.taskId ?? taskId, fence: claim?.fence ?? null };
}

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

async function recordCommits(tx: LogTx, roomId: string, seen: SeenMove, source: MoveSource): Promise<void> {
  const branch = branchOf(seen.ref);
  if (branch === undefined) return;
  const { actor, taskId } = source;
  for (const commit of seen.commits) {
    const files = commit.files.map(({ path }) => path).slice(0, MAX_EVENT_FILES);
    const message = commit.message.slice(0, MAX_EVENT_MESSAGE);
    const { sha, additions, deletions } = commit;
    const agentId = actor.kind === 'agent' ? actor.id : null;
    const facts = { sha, branch, message, files, additions, deletions };
    const { author: authorName, committedAt } = commit;
    const isNew = await saveCommit(tx, roomId, { ...facts, authorName, agentId, taskId, committedAt });
    if (!isNew) continue;
    const data: EventMap['git.commit'] = {
      ...facts,
      task_id: taskId,
      agent_id: agentId,
      author_name: authorName,
      author_email: commit.authorEmail,
    };
    tx.appendToRoom(roomId, { type: 'git.commit', actor, data });
  }
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
  return { published: { number: request.number, head: seen.to } };
}
