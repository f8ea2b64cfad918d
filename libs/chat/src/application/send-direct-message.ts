import { findAgent, findUser, hasBlocked } from '@clawtank/auth';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { type ChatDirectInput, type Principal, userStream } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import { sharesRoom } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import { insertDirectMessage, isBetween, lockStreamsOf } from '../persistence/direct-messages.js';
import { DirectBody } from './inputs.js';

/** Writes to one person or agent alone; each of the two has a copy in its own stream, and nobody else has one. */
@CommandHandler('chat.direct', DirectBody)
export class SendDirectMessage implements Command<'chat.direct', Principal> {
  async authorise({ tx, caller }: CommandContext, { to }: ChatDirectInput): Promise<Principal> {
    if (to === caller.id) throw fail('direct.to_self', {});
    const shared = await sharesRoom(tx, caller.id, to);
    const recipient = await findPrincipal(tx, to);
    if (!shared || !recipient) throw fail('direct.no_such_recipient', {});
    if (await hasBlocked(tx, await personOf(tx, to), caller.userId)) throw fail('direct.blocked', {});
    return recipient;
  }

  async run(
    { tx, caller }: CommandContext,
    input: ChatDirectInput,
    to: Principal,
  ): Promise<{ message_id: string; seq: number }> {
    const { text } = input;
    const replyTo = input.reply_to ?? null;
    const head = await lockStreamsOf(tx, caller.id, to.id);
    if (replyTo && !(await isBetween(tx, caller.id, to.id, replyTo))) throw fail('message.not_found', {});
    const id = newId();
    const from = { kind: caller.kind, id: caller.id, name: caller.name };
    await insertDirectMessage(tx, { id, from, to, text, replyTo });
    const origin = caller.kind === 'agent' ? 'agent' : 'member';
    const data = { message_id: id, from, to, text, reply_to: replyTo, origin } as const;
    for (const party of [from, to]) {
      tx.appendTo(userStream(party.id), { type: 'chat.direct', actor: actorOf(caller), data });
    }
    return { message_id: id, seq: head + 1 };
  }
}

async function findPrincipal(tx: Tx, id: string): Promise<Principal | undefined> {
  const user = await findUser(tx, id);
  if (user) return { kind: 'human', id, name: user.display_name };
  const agent = await findAgent(tx, id);
  return agent && { kind: 'agent', id, name: agent.name };
}

/** The person who reads it: the recipient, or the owner of the agent. */
const personOf = async (tx: Tx, to: string): Promise<string> => (await findAgent(tx, to))?.owner_id ?? to;
