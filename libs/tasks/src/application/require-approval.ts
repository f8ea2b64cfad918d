import type { LogTx } from '@clawtank/events';
import { KeptFailure } from '@clawtank/kernel';
import { askApproval, type Room } from '@clawtank/rooms';
import type { Claimant, Task } from '../domain/task.js';
import { holdClock } from '../persistence/claim-rows.js';

/**
 * Passes a claim that needs nobody's word, or has it. Otherwise people are asked, which outlives the refusal.
 * @throws approval.needed, approval.refused
 */
export async function requireClaimApproval(
  tx: LogTx,
  room: Room,
  task: Task,
  claimant: Claimant,
): Promise<void> {
  const fence = (task.claim?.fence ?? 0) + 1;
  const verdict = await askApproval(tx, room, claimant, {
    kind: 'claim',
    taskId: task.id,
    subject: `${task.key}/${String(fence)}`,
    detail: `${claimant.name} wants to claim ${task.key}: ${task.title}`,
  });
  if (!verdict.allowed) throw KeptFailure.of(verdict.because);
}

/** Lets the clock of the task's claim stand still until a person has decided. The room must be locked. */
export async function holdForApproval(tx: LogTx, taskId: string): Promise<void> {
  await holdClock(tx, taskId, 'approval');
}
