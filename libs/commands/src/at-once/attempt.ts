import type { CommandName } from '@clawtank/contracts';
import type { Appended, LogTx, UnitOfWork } from '@clawtank/events';
import type { Command } from '../command.js';
import { findKept, keep, type KeptReply, reserve } from '../command-results.js';
import { withPosition } from '../with-position.js';
import { idUseOf, isSecret, type Prepared } from './prepared.js';

/** What a command came to: the reply kept from the first time, or a new one. */
export type Done = { readonly kept: KeptReply } | { readonly reply: object };

/** The reply of a command whose events stand where `appended` says. */
export const replyOf = (call: Prepared, done: Done, appended: readonly Appended[]): KeptReply =>
  'kept' in done ? done.kept : withPosition(done.reply, appended, call.caller);

/** Authorises, and does it unless it was done before. */
export async function attempt(tx: LogTx, call: Prepared, kept: KeptReply | null): Promise<Done> {
  const handler = call.entry.handler as Command<CommandName, unknown>;
  const context = { caller: call.caller, requestId: call.requestId, tx };
  const access = await handler.authorise(context, call.input as never);
  return kept ? { kept } : { reply: await handler.run(context, call.input as never, access) };
}

/** The kept reply of a call whose id somebody has reserved before. */
export function keptFor(tx: LogTx, call: Prepared): Promise<KeptReply | null> {
  const use = idUseOf(call);
  return use ? findKept(tx, use.actorId, use.commandId, use.hash) : Promise.resolve(null);
}

export interface Alone {
  readonly reply: KeptReply;
  /** The rooms that it locked. */
  readonly rooms: readonly string[];
}

/** Runs one command in a transaction of its own. */
export async function runAlone(work: UnitOfWork, call: Prepared): Promise<Alone> {
  const use = idUseOf(call);
  const { result, appended } = await work.commit(
    async (tx) => {
      const kept = use && (await reserve(tx, use.actorId, use.commandId, use.name, use.hash));
      return { done: await attempt(tx, call, kept), rooms: tx.lockedRooms };
    },
    async (tx, { done }, events) => {
      if (!use || 'kept' in done) return;
      const reply = replyOf(call, done, events);
      await keep(tx, use.actorId, use.commandId, reply, isSecret(call, reply));
    },
  );
  return { reply: replyOf(call, result.done, appended), rooms: result.rooms };
}
