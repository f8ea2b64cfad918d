import type { CommandReplyOf, SuggestionRef } from '@clawtank/contracts';
import {
  actorOf,
  type Command,
  type CommandContext,
  CommandHandler,
  CommandInputBase,
} from '@clawtank/commands';
import { enterRoom, type RoomAccess } from '@clawtank/rooms';
import { IsUUID } from 'class-validator';
import { fail } from '../../domain/failures.js';
import { markDismissed } from '../../persistence/suggestion-rows.js';
import { requirePending } from '../require-pending.js';

export class TaskDismissBody extends CommandInputBase implements SuggestionRef {
  @IsUUID()
  room_id!: string;

  @IsUUID()
  suggestion_id!: string;
}

@CommandHandler('task.dismiss', TaskDismissBody)
export class DismissSuggestion implements Command<'task.dismiss', RoomAccess> {
  async authorise({ tx, caller }: CommandContext, input: SuggestionRef): Promise<RoomAccess> {
    const access = await enterRoom(tx, caller, input.room_id);
    if (caller.kind !== 'human') throw fail('task.people_only', {});
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: SuggestionRef,
    { room }: RoomAccess,
  ): Promise<CommandReplyOf<'task.dismiss'>> {
    const { id } = await requirePending(tx, room.id, input.suggestion_id);
    await markDismissed(tx, [id]);
    const data = { suggestion_id: id };
    tx.appendToRoom(room.id, { type: 'task.dismissed', actor: actorOf(caller), data });
    return data;
  }
}
