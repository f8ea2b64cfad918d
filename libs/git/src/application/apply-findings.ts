import type { Actor, EventMap, Principal } from '@clawtank/contracts';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { lockRoomById, type Room, setOpenConflicts, triggerRoom } from '@clawtank/rooms';
import { advanceTask } from '@clawtank/tasks';
import type { BranchPair } from '../domain/conflict-pairs.js';
import {
  type ConflictStep,
  type OpenConflict,
  type PairFinding,
  planConflicts,
} from '../domain/conflict-plan.js';
import type { PullRequest } from '../domain/pull-request.js';
import { branchOf } from '../domain/ref-names.js';
import { listOpenConflicts, saveConflict } from '../persistence/conflicts.js';
import { saveMergeable } from '../persistence/pull-requests.js';
import { lastMover, type RefChecked, saveChecked } from '../persistence/refs.js';
import { checkDone } from '../persistence/repositories.js';
import { concludeContained } from './conclude-merged.js';
import { type BranchStates, type LiveBranchState, readBranches } from './read-branches.js';
import { endResolution, openResolution, settlerOf } from './resolution.js';

export interface PairTrial extends BranchPair {
  readonly files: readonly string[];
}

/** What trial merges gave, with the commits at which they were made. */
export interface Trials {
  readonly pairs: readonly PairTrial[];
  readonly distances: readonly RefChecked[];
}

/**
 * Applies trial merges under the room's lock: conflicts, pull requests, tasks, the room. What was tried at
 * commits that are no longer the branches' is left out.
 * @returns false when something was left out and has to be tried anew
 */
export async function applyFindings(tx: LogTx, roomId: string, trials: Trials): Promise<boolean> {
  const room = await lockRoomById(tx, roomId);
  const branches = room && (await readBranches(tx, roomId));
  if (!room || !branches) return true;
  const facts = new Findings(branches, trials);
  const open = await listOpenConflicts(tx, roomId);
  const { findings, live } = facts;
  const steps = planConflicts({ open, findings, live, defaultRef: branches.repository.defaultRef });
  for (const step of steps) await takeStep(tx, room, step, facts);
  for (const finding of findings) await tellMergeability(tx, roomId, finding, facts);
  for (const checked of facts.distances) await saveChecked(tx, roomId, checked);
  if (facts.complete) await checkDone(tx, roomId);
  await tellRoom(tx, roomId, steps, room.openConflicts);
  const contained = branches.base ? await concludeContained(tx, roomId, branches.base.sha) : 0;
  // Their branches are nobody's any more, which others' conflicts have to hear of.
  return facts.complete && contained === 0;
}

/** Trials seen against where the branches stand now. */
class Findings {
  readonly findings: readonly PairFinding[];
  readonly distances: readonly RefChecked[];
  readonly live: ReadonlySet<string>;
  readonly complete: boolean;
  private readonly states: ReadonlyMap<string, LiveBranchState>;

  constructor({ base, live }: BranchStates, { pairs, distances }: Trials) {
    this.states = new Map([...(base ? [base] : []), ...live].map((state) => [state.ref, state]));
    this.live = new Set(live.map(({ ref }) => ref));
    const stands = ({ ref, sha }: { ref: string; sha: string }): boolean => this.states.get(ref)?.sha === sha;
    this.findings = pairs
      .filter(({ left, right }) => stands(left) && stands(right))
      .map(({ left, right, files }) => ({
        left: left.ref,
        right: right.ref,
        files,
        blocksPullRequest:
          (left.ref === base?.ref || right.ref === base?.ref) &&
          [left.ref, right.ref].some((ref) => this.states.get(ref)?.pullRequest),
      }));
    this.distances = distances.filter(stands);
    const checked = new Set(this.distances.map(({ ref }) => ref));
    this.complete = [...this.states.values()].every(
      ({ ref, sha, checkedSha }) => sha === checkedSha || checked.has(ref),
    );
  }

  /** The side of a pair that has an open pull request, of which there is one at most when it blocks. */
  requestSide(pair: { readonly left: string; readonly right: string }): LiveBranchState | undefined {
    return [pair.left, pair.right].map((ref) => this.states.get(ref)).find((state) => state?.pullRequest);
  }

  tasksOf(pair: { readonly left: string; readonly right: string }): readonly string[] {
    const ids = [pair.left, pair.right].map((ref) => this.states.get(ref)?.taskId ?? null);
    return [...new Set(ids.filter((id) => id !== null))];
  }

  moved(ref: string): boolean {
    return (
      this.distances.some((checked) => checked.ref === ref) &&
      this.states.get(ref)?.checkedSha !== this.states.get(ref)?.sha
    );
  }
}

async function takeStep(tx: LogTx, room: Room, step: ConflictStep, facts: Findings): Promise<void> {
  const { id: roomId } = room;
  const before = step.kind === 'open' ? undefined : step.conflict;
  if (step.kind === 'resolve') return resolve(tx, roomId, step, facts);
  const { finding, state } = step;
  const found = {
    id: before?.id ?? newId(),
    left: finding.left,
    right: finding.right,
    state,
    wasDetected: (before?.wasDetected ?? false) || state === 'detected',
    files: finding.files,
    taskIds: facts.tasksOf(finding),
  };
  const side = facts.requestSide(finding);
  const request = state === 'detected' ? side?.pullRequest : undefined;
  const conflict = { ...found, resolutionTaskId: await followResolution(tx, room, before, found, request) };
  await saveConflict(tx, roomId, conflict);
  append(tx, roomId, conflict);
  if (state === 'detected' && side?.taskId && side.pullRequest) {
    const { number: pullRequest } = side.pullRequest;
    await advanceTask(tx, side.taskId, 'conflict', {
      actor: SYSTEM_ACTOR,
      pullRequest,
      files: finding.files,
    });
  }
}

/** A conflict in the way of a pull request has a task that settles it; one that stands in no way has none. */
async function followResolution(
  tx: LogTx,
  room: Room,
  before: OpenConflict | undefined,
  now: Omit<OpenConflict, 'resolutionTaskId'>,
  request: PullRequest | null | undefined,
): Promise<string | null> {
  const present = before?.resolutionTaskId ?? null;
  if (request) return present ?? openResolution(tx, room, now, request);
  if (before) await endResolution(tx, before, null, 'No pull request waits for it any more.');
  return null;
}

async function resolve(
  tx: LogTx,
  roomId: string,
  { conflict, how }: Extract<ConflictStep, { kind: 'resolve' }>,
  facts: Findings,
): Promise<void> {
  const pushed = [conflict.left, conflict.right].find((ref) => facts.live.has(ref) && facts.moved(ref));
  const mover =
    how === 'merges_now' && conflict.wasDetected && pushed ? await lastMover(tx, roomId, pushed) : undefined;
  const settledBy = principalOf(mover) ?? (how === 'merges_now' ? await settlerOf(tx, conflict) : null);
  await saveConflict(tx, roomId, { ...conflict, state: 'resolved' });
  append(tx, roomId, { ...conflict, state: 'resolved' }, settledBy);
  await endResolution(tx, conflict, settledBy, 'The branches merge cleanly now.');
  if (conflict.state !== 'detected') return;
  for (const taskId of conflict.taskIds) {
    await advanceTask(tx, taskId, 'conflict_resolved', { actor: mover ?? SYSTEM_ACTOR });
  }
}

function principalOf(actor: Actor | undefined): Principal | null {
  if (actor?.kind !== 'agent' && actor?.kind !== 'human') return null;
  return { kind: actor.kind, id: actor.id, name: actor.name };
}

function append(
  tx: LogTx,
  roomId: string,
  conflict: Omit<OpenConflict, 'state'> & { readonly state: EventMap['git.conflict']['state'] },
  resolvedBy?: Principal | null,
): void {
  const data: EventMap['git.conflict'] = {
    conflict_id: conflict.id,
    state: conflict.state,
    files: conflict.files,
    task_ids: conflict.taskIds,
    resolution_task_id: conflict.resolutionTaskId,
    branches: [conflict.left, conflict.right].map((ref) => branchOf(ref) ?? ref),
    ...(resolvedBy === undefined ? {} : { resolved_by: resolvedBy }),
  };
  tx.appendToRoom(roomId, { type: 'git.conflict', actor: SYSTEM_ACTOR, data });
}

/** A finding against the default branch is the answer that a pull request waits for. */
async function tellMergeability(
  tx: LogTx,
  roomId: string,
  finding: PairFinding,
  facts: Findings,
): Promise<void> {
  const request = finding.blocksPullRequest ? facts.requestSide(finding)?.pullRequest : undefined;
  const mergeable = finding.files.length > 0 ? 'conflict' : 'clean';
  if (!request) return;
  await saveMergeable(tx, request.id, mergeable, finding.files);
  if (request.mergeable === mergeable) return;
  const data: EventMap['git.pull_request'] = {
    number: request.number,
    action: 'mergeability',
    title: request.title,
    branch: request.branch,
    task_id: request.taskId,
    head_sha: request.headSha,
    mergeable,
  };
  tx.appendToRoom(roomId, { type: 'git.pull_request', actor: SYSTEM_ACTOR, data });
}

async function tellRoom(
  tx: LogTx,
  roomId: string,
  steps: readonly ConflictStep[],
  before: number,
): Promise<void> {
  if (steps.length === 0) return;
  const detected = (await listOpenConflicts(tx, roomId)).filter(({ state }) => state === 'detected').length;
  if (detected === before) return;
  await setOpenConflicts(tx, roomId, detected);
  await triggerRoom(tx, { id: roomId }, detected > before ? 'conflict_detected' : 'conflict_resolved');
}
