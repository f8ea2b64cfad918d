import type { QueryInputOf, QueryReplyOf } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import { requireMember, viewRoom } from '@clawtank/rooms';
import { IsUUID } from 'class-validator';
import { fail } from '../../domain/failures.js';
import { listAttempts } from '../../persistence/attempt-rows.js';
import { leaseView, listLeases } from '../../persistence/lease-rows.js';
import { findRoomOfTask, findTask } from '../../persistence/task-rows.js';
import { asMissingTask } from '../enter-task.js';
import { taskView } from '../task-view.js';

export class TaskGetInput {
  @IsUUID()
  task_id!: string;
}

@QueryHandler('tasks.get', TaskGetInput)
export class GetTask implements Query<'tasks.get'> {
  async run(
    { tx, caller }: QueryContext,
    input: QueryInputOf<'tasks.get'>,
  ): Promise<QueryReplyOf<'tasks.get'>> {
    const roomId = (await findRoomOfTask(tx, input.task_id)) ?? newId();
    const { room } = requireMember(await asMissingTask(() => viewRoom(tx, caller, roomId)));
    const task = await findTask(tx, input.task_id);
    if (!task) throw fail('task.not_found', {});
    return {
      task: taskView(task),
      leases: (await listLeases(tx, room.id, task.id)).map(leaseView),
      attempts: await listAttempts(tx, task.id),
    };
  }
}
