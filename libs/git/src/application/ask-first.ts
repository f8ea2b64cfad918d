import type { Caller } from '@clawtank/commands';
import type { LogTx } from '@clawtank/events';
import type { Verdict } from '@clawtank/kernel';
import { askApproval, type Asked, type Room } from '@clawtank/rooms';
import { holdForApproval } from '@clawtank/tasks';

/**
 * Whether the holder of a claim may commit this, or open its pull request, now. While a person is asked the claim's
 * clock stands still. The transaction must commit though the answer is no.
 */
export async function askFirst(
  tx: LogTx,
  room: Room,
  who: Pick<Caller, 'kind' | 'id' | 'name' | 'userId'>,
  asked: Asked,
): Promise<Verdict> {
  const verdict = await askApproval(tx, room, who, asked);
  if (!verdict.allowed && verdict.because.reason === 'approval.needed')
    await holdForApproval(tx, asked.taskId);
  return verdict;
}
