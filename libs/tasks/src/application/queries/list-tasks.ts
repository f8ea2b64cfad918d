import { type QueryInputOf, type QueryReplyOf, TASK_STATES, type TaskState } from '@clawtank/contracts';
import {
  decodeCursor,
  pageSize,
  type Query,
  type QueryContext,
  QueryHandler,
  toPage,
} from '@clawtank/commands';
import { requireMember, viewRoom } from '@clawtank/rooms';
import { IsOptional, IsUUID, Matches } from 'class-validator';
import { listTasks } from '../../persistence/task-rows.js';
import { taskView } from '../task-view.js';
import { RoomListInput } from './room-input.js';

const STATES = new RegExp(`^(${TASK_STATES.join('|')})(,(${TASK_STATES.join('|')}))*$`);

export class TasksListInput extends RoomListInput {
  /** One state, or several with commas between. */
  @IsOptional()
  @Matches(STATES)
  status?: string;

  @IsOptional()
  @IsUUID()
  assignee_id?: string;
}

@QueryHandler('tasks.list', TasksListInput)
export class ListTasks implements Query<'tasks.list'> {
  async run(
    { tx, caller }: QueryContext,
    input: QueryInputOf<'tasks.list'>,
  ): Promise<QueryReplyOf<'tasks.list'>> {
    const { room } = requireMember(await viewRoom(tx, caller, input.room_id));
    const limit = pageSize(input);
    const tasks = await listTasks(tx, room.id, {
      ...(input.status ? { status: input.status.split(',') as TaskState[] } : {}),
      ...(input.assignee_id ? { assigneeId: input.assignee_id } : {}),
      after: input.cursor ? Number(decodeCursor(input.cursor, 1)[0]) || 0 : 0,
      limit: limit + 1,
    });
    return toPage(tasks, limit, taskView, (task) => [task.number]);
  }
}
