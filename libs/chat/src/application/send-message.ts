import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { ChatSendInput } from '@clawtank/contracts';
import { enforce } from '@clawtank/kernel';
import { enterRoom, principalsOf, type RoomAccess } from '@clawtank/rooms';
import { captureFromChat } from '@clawtank/tasks';
import { fail } from '../domain/failures.js';
import { resolveMentions } from '../domain/mentions.js';
import { mayChat } from '../domain/message-policies.js';
import { findMessage } from '../persistence/messages.js';
import { SendBody } from './inputs.js';
import { postMessage } from './post-message.js';

/** Says something in a room; what it asks for becomes tasks or suggestions in the same transaction. */
@CommandHandler('chat.send', SendBody)
export class SendMessage implements Command<'chat.send', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: ChatSendInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id);
  }

  async run(
    { tx, caller }: CommandContext,
    input: ChatSendInput,
    { room }: RoomAccess,
  ): Promise<{ message_id: string; seq: number }> {
    enforce(mayChat(room));
    const { text } = input;
    const replyTo = input.reply_to ?? null;
    if (replyTo && !(await findMessage(tx, room.id, replyTo))) throw fail('message.not_found', {});
    const author = actorOf(caller);
    const mentions = text.includes('@') ? resolveMentions(text, await principalsOf(tx, room.id)) : [];
    const origin = caller.kind === 'agent' ? 'agent' : 'member';
    const { id, seq } = await postMessage(tx, room.id, { author, origin, text, mentions, replyTo });
    await captureFromChat(tx, { room, messageId: id, text, author, mentions, origin });
    return { message_id: id, seq };
  }
}
