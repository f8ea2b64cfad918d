import type { LogTx } from '@clawtank/events';
import type { Room } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import { mustWait } from '../domain/matching/places.js';
import type { Claimant, Task } from '../domain/task.js';
import { readMatching } from './matching.js';

/**
 * Passes whoever may claim the task by the room's strategy. People wait for nobody, except where the host assigns.
 * The room must be locked.
 * @throws task.host_assigns; task.not_your_turn, saying until when
 */
export async function requireTurn(tx: LogTx, room: Room, task: Task, claimant: Claimant): Promise<void> {
  const { task_strategy: strategy } = room.settings;
  if (strategy === 'host_assigns') {
    if (claimant.kind === 'human' && claimant.id === room.hostId) return;
    throw fail('task.host_assigns', { key: task.key });
  }
  if (claimant.kind === 'human' || strategy === 'first_claim') return;
  const { candidates, rules, toAsked } = await readMatching(tx, room);
  const wait = mustWait(toAsked(task), candidates, claimant.id, rules);
  if (!wait) return;
  throw fail(
    'task.not_your_turn',
    { key: task.key, strategy, until: new Date(wait.until).toISOString(), ahead: wait.ahead },
    { retryAfterMs: wait.until - rules.now },
  );
}
