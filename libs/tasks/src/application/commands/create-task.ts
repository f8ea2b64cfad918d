import type { CommandReplyOf, TaskCreateInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { enterRoom, type RoomAccess } from '@clawtank/rooms';
import { IsOptional, IsUUID } from 'class-validator';
import { createTask } from '../create-task.js';
import { taskView } from '../task-view.js';
import { Day, TaskDetailsBody, Title } from './bodies.js';

export class TaskCreateBody extends TaskDetailsBody implements TaskCreateInput {
  @IsUUID()
  room_id!: string;

  @Title()
  title!: string;

  @IsOptional()
  @IsUUID()
  parent_id?: string;

  @IsOptional()
  @IsUUID()
  follow_up_of?: string;

  @Day()
  deadline?: string;
}

@CommandHandler('task.create', TaskCreateBody)
export class CreateTask implements Command<'task.create', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: TaskCreateInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id);
  }

  async run(
    { tx, caller }: CommandContext,
    input: TaskCreateInput,
    { room }: RoomAccess,
  ): Promise<CommandReplyOf<'task.create'>> {
    const { parent_id: parentId, depends_on: dependsOn, follow_up_of: followUpOf, ...draft } = input;
    return {
      task: taskView(
        await createTask(tx, room, { ...draft, parentId, dependsOn, followUpOf }, actorOf(caller)),
      ),
    };
  }
}
