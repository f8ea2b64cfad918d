import type { Actor } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { enforce } from '@clawtank/kernel';
import type { Room } from '@clawtank/rooms';
import { findTask } from '@clawtank/tasks';
import { fail } from '../domain/failures.js';
import { mayWithdraw } from '../domain/pull-request.js';
import { mergeIsUnderWay } from '../persistence/intents.js';
import { listQueue } from '../persistence/merge-queue.js';
import { findPullRequest } from '../persistence/pull-requests.js';
import { putOut } from './put-out.js';

/**
 * Takes a pull request out of the merge queue at somebody's word; one that is being merged already is not in it
 * any more. The room must be locked. @throws git.not_found, git.not_queued, git.not_yours_to_withdraw
 */
export async function withdraw(tx: LogTx, room: Room, number: number, actor: Actor): Promise<void> {
  const request = await findPullRequest(tx, room.id, number);
  if (!request) throw fail('git.not_found', { what: 'pull request' });
  const waiting = (await listQueue(tx, room.id)).find((one) => one.number === number);
  if (!waiting || (await mergeIsUnderWay(tx, room.id, number))) throw fail('git.not_queued', { number });
  const claim = (await findTask(tx, request.taskId))?.claim ?? null;
  const holder = claim && claim.endedAt === null ? claim.claimant : null;
  enforce(mayWithdraw(actor, { hostId: room.hostId, holder, askedBy: waiting.actor }));
  await putOut(tx, request, fail('git.withdrawn', { by: actor.name }), actor);
}
