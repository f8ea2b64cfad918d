import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { ChatSendInput } from '@clawtank/contracts';
import { enforce, systemClock } from '@clawtank/kernel';
import { enterRoom, principalsOf, type RoomAccess, writeDecision } from '@clawtank/rooms';
import { captureFromChat } from '@clawtank/tasks';
import { fail } from '../domain/failures.js';
import { decisionIn } from '../domain/decide-command.js';
import { wakes } from '../domain/governor.js';
import { resolveMentions } from '../domain/mentions.js';
import { mayChat } from '../domain/message-policies.js';
import { findMessage } from '../persistence/messages.js';
import { SendBody } from './inputs.js';
import { messageBeforeNext } from './message-before.js';
import { postMessage } from './post-message.js';
import { requireTurn } from './require-turn.js';

/** Says something in a room; what it asks for becomes tasks or suggestions, and `/decide` a decision, with it. */
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
    await requireTurn(tx, room, caller);
    const { text } = input;
    const replyTo = input.reply_to ?? null;
    if (replyTo && !(await findMessage(tx, room.id, replyTo))) throw fail('message.not_found', {});
    const author = actorOf(caller);
    const named = text.includes('@') ? resolveMentions(text, await principalsOf(tx, room.id)) : [];
    const mentions = wakes(text, named);
    const origin = caller.kind === 'agent' ? 'agent' : 'member';
    const messageBefore = messageBeforeNext(tx, room.id, replyTo);
    const { id, seq } = postMessage(tx, room.id, { author, origin, text, mentions, replyTo });
    const decision = decisionIn(text);
    if (decision !== undefined) {
      await writeDecision(tx, room.id, decision, author);
      return { message_id: id, seq };
    }
    const before = () => messageBefore(seq);
    const said = { messageId: id, text, author, mentions, replyTo, at: systemClock.now() };
    await captureFromChat(tx, { room, ...said, origin, before });
    return { message_id: id, seq };
  }
}
