import type { Actor } from '@clawtank/contracts';
import { actorOf, type Caller } from '@clawtank/commands';
import type { LogTx } from '@clawtank/events';
import { invariant } from '@clawtank/kernel';
import type { Room } from '@clawtank/rooms';
import { reread } from './application/step-task.js';
import type { Task } from './domain/task.js';
import { insertClaim, takeOpenTask } from './persistence/claim-rows.js';
import { insertTask, type NewTask } from './persistence/task-changes.js';

/** An open task in the database, made without any event. The room must be locked. */
export async function aTask(
  tx: LogTx,
  room: Pick<Room, 'id'>,
  author: Caller | Actor,
  traits: Partial<NewTask> = {},
): Promise<Task> {
  const createdBy: Actor = 'userId' in author ? actorOf(author) : author;
  const id = await insertTask(tx, room.id, {
    title: 'Add a footer',
    description: '',
    status: 'open',
    priority: 'normal',
    size: 'medium',
    capabilities: [],
    languages: [],
    paths: [],
    parentId: null,
    createdBy,
    deadline: null,
    sourceMessageIds: [],
    followUpOf: null,
    addressedTo: [],
    ...traits,
  });
  return reread(tx, id);
}

/** A live claim on an open task, made without any event; the task is `claimed` afterwards. */
export async function aClaim(tx: LogTx, room: Room, task: Task, claimant: Caller): Promise<Task> {
  const fence = await takeOpenTask(tx, task.id);
  invariant(fence !== undefined, 'the task was open');
  const { kind, id, name, userId } = claimant;
  await insertClaim(tx, {
    taskId: task.id,
    roomId: room.id,
    fence,
    claimant: { kind, id, name, userId },
    branch: `clawtank/${task.key}/${String(fence)}`,
    baseBranch: task.keptBranch ?? room.repository.defaultBranch,
    leaseSeconds: room.settings.claim_lease_seconds,
  });
  return reread(tx, task.id);
}

export { parseMessage } from './domain/parse-message.js';
export { scoreCapture, type CaptureScore, type CapturedMessage } from './testing/score-capture.js';
export { AgentIndex } from './domain/matching/agent-index.js';
export { isFree } from './domain/matching/candidate.js';
export type { Candidate, OpenTask } from './domain/matching/candidate.js';
export { baseOf, fits, partsOf, total } from './domain/matching/score.js';
export { anAgentCandidate, anOpenTask } from './testing/matching.js';
