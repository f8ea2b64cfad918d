import type { Actor } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import type { Room } from '@clawtank/rooms';
import type { Amendment } from '../domain/capture/amendment.js';
import { leasePattern } from '../domain/capture/named-paths.js';
import { mayBeAmended } from '../domain/task-policies.js';
import { listTasks } from '../persistence/task-rows.js';
import { touchTask } from './step-task.js';

/**
 * Where the message before became one task that nobody has claimed, what the next one adds is said of it. Whoever has
 * claimed a task works by what it said then; for them it is a matter of `task.edit`. The room must be locked.
 */
export async function amendTask(
  tx: LogTx,
  { room, messageId, author }: { readonly room: Room; readonly messageId: string; readonly author: Actor },
  beforeId: string,
  { priority, deadline, paths }: Amendment,
): Promise<void> {
  const heardThere = (await listTasks(tx, room.id)).filter(({ sourceMessageIds }) =>
    sourceMessageIds.includes(beforeId),
  );
  const [task, ...others] = heardThere;
  if (!task || others.length > 0 || !mayBeAmended(task)) return;
  const edited = {
    ...(priority === null ? {} : { priority }),
    ...(deadline === null ? {} : { deadline }),
    ...(paths.length === 0 ? {} : { paths: [...new Set([...task.paths, ...paths.map(leasePattern)])] }),
  };
  const patch = { ...edited, source_message_ids: [...task.sourceMessageIds, messageId] };
  await touchTask(tx, task, { change: 'edited', actor: author, patch, extras: { edited } });
}
