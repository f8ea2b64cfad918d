import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { MessageRef } from '@clawtank/contracts';
import { enforce } from '@clawtank/kernel';
import { enterRoom, type RoomAccess } from '@clawtank/rooms';
import { mayDelete } from '../domain/message-policies.js';
import { emptyMessage } from '../persistence/messages.js';
import { findMessageInRoom } from './find-message-in-room.js';
import { forgetText } from './forget-text.js';
import { MessageBody } from './inputs.js';

/** Takes a message away: its text leaves the log, the history and the search. Works in an archived room too. */
@CommandHandler('chat.delete', MessageBody)
export class DeleteMessage implements Command<'chat.delete', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: MessageRef): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id);
  }

  async run(
    { tx, caller }: CommandContext,
    { message_id }: MessageRef,
    { room, standing }: RoomAccess,
  ): Promise<{ message_id: string; seq: number }> {
    const message = await findMessageInRoom(tx, room.id, message_id);
    enforce(mayDelete(message, caller, standing === 'host'));
    const actor = actorOf(caller);
    await forgetText(tx, message, actor);
    const { seq } = tx.appendToRoom(room.id, { type: 'chat.deleted', actor, data: { message_id } });
    await emptyMessage(tx, message.id);
    return { message_id, seq };
  }
}
