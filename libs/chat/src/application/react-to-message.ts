import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { ChatReactInput } from '@clawtank/contracts';
import { enforce } from '@clawtank/kernel';
import { enterRoom, type RoomAccess } from '@clawtank/rooms';
import { mayChat, mayReact } from '../domain/message-policies.js';
import { addReaction, emojisOf, removeReaction } from '../persistence/reactions.js';
import { findMessageInRoom } from './find-message-in-room.js';
import { ReactBody } from './inputs.js';

/** Adds or takes back a reaction. The same again changes nothing and tells nobody. */
@CommandHandler('chat.react', ReactBody)
export class ReactToMessage implements Command<'chat.react', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: ChatReactInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id);
  }

  async run(
    { tx, caller }: CommandContext,
    { message_id, emoji, remove = false }: ChatReactInput,
    { room }: RoomAccess,
  ): Promise<{ message_id: string }> {
    const message = await findMessageInRoom(tx, room.id, message_id);
    enforce(mayChat(room));
    if (!remove) enforce(mayReact(message, await emojisOf(tx, message.id), emoji));
    const change = remove ? removeReaction : addReaction;
    if (await change(tx, message.id, emoji, caller.id)) {
      const data = { message_id, emoji, added: !remove };
      tx.appendToRoom(room.id, { type: 'chat.reaction', actor: actorOf(caller), data });
    }
    return { message_id };
  }
}
