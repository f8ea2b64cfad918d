import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { ChatEditInput } from '@clawtank/contracts';
import { enforce } from '@clawtank/kernel';
import { enterRoom, principalsOf, type RoomAccess } from '@clawtank/rooms';
import { wakes } from '../domain/governor.js';
import { resolveMentions } from '../domain/mentions.js';
import { mayChat, mayEdit } from '../domain/message-policies.js';
import { replaceText } from '../persistence/messages.js';
import { findMessageInRoom } from './find-message-in-room.js';
import { forgetText } from './forget-text.js';
import { EditBody } from './inputs.js';

/** Changes one's own words; the old ones are gone for everyone. */
@CommandHandler('chat.edit', EditBody)
export class EditMessage implements Command<'chat.edit', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: ChatEditInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id);
  }

  async run(
    { tx, caller }: CommandContext,
    { message_id, text }: ChatEditInput,
    { room }: RoomAccess,
  ): Promise<{ message_id: string; seq: number }> {
    const message = await findMessageInRoom(tx, room.id, message_id);
    enforce(mayEdit(message, caller));
    enforce(mayChat(room));
    const actor = actorOf(caller);
    const mentions = wakes(text, resolveMentions(text, await principalsOf(tx, room.id)));
    await forgetText(tx, message, actor);
    const data = { message_id, text, mentions, reply_to: message.replyTo };
    const { seq } = tx.appendToRoom(room.id, { type: 'chat.edited', actor, data });
    await replaceText(tx, message.id, { text, mentions, seq });
    return { message_id, seq };
  }
}
