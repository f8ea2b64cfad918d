import { type CommandReplyOf, LIMITS, type TaskAcceptInput } from '@clawtank/contracts';
import {
  actorOf,
  type Command,
  type CommandContext,
  CommandHandler,
  CommandInputBase,
  OptionalText,
} from '@clawtank/commands';
import { enterRoom, type RoomAccess } from '@clawtank/rooms';
import { IsOptional, IsUUID } from 'class-validator';
import { fail } from '../../domain/failures.js';
import { markAccepted } from '../../persistence/suggestion-rows.js';
import { createTask } from '../create-task.js';
import { requirePending } from '../require-pending.js';
import { taskView } from '../task-view.js';
import { Title } from './bodies.js';

export class TaskAcceptBody extends CommandInputBase implements TaskAcceptInput {
  @IsUUID()
  room_id!: string;

  @IsUUID()
  suggestion_id!: string;

  @IsOptional()
  @Title()
  title?: string;

  @OptionalText(LIMITS.DESCRIPTION_BYTES)
  description?: string;
}

@CommandHandler('task.accept', TaskAcceptBody)
export class AcceptSuggestion implements Command<'task.accept', RoomAccess> {
  async authorise({ tx, caller }: CommandContext, input: TaskAcceptInput): Promise<RoomAccess> {
    const access = await enterRoom(tx, caller, input.room_id);
    if (caller.kind !== 'human') throw fail('task.people_only', {});
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: TaskAcceptInput,
    { room }: RoomAccess,
  ): Promise<CommandReplyOf<'task.accept'>> {
    const suggestion = await requirePending(tx, room.id, input.suggestion_id);
    const draft = {
      title: input.title ?? suggestion.title,
      description: input.description,
      priority: suggestion.priority,
      paths: suggestion.paths,
      dependsOn: suggestion.depends_on,
      capabilities: suggestion.capabilities,
      languages: suggestion.languages,
      deadline: suggestion.due,
      sourceMessageIds: [suggestion.message_id, ...suggestion.further_message_ids],
      followUpOf: suggestion.follow_up_of ?? undefined,
      suggestionId: suggestion.id,
    };
    const task = await createTask(tx, room, draft, actorOf(caller));
    await markAccepted(tx, suggestion.id, task.id);
    return { task: taskView(task) };
  }
}
