import type { CommandName } from '@clawtank/contracts';
import type { Appended, LogTx, UnitOfWork } from '@clawtank/events';
import { KeptFailure } from '@clawtank/kernel';
import type { Command } from '../command.js';
import { findKept, giveBack, keep, type KeptReply, reserve } from '../command-results.js';
import { withPosition } from '../with-position.js';
import { idUseOf, isSecret, type Prepared } from './prepared.js';

/** A refusal of which something is to be kept, so that its transaction commits. */
interface Refused {
  readonly refused: KeptFailure;
}

/** What a command came to: the reply kept from the first time, or a new one. */
export type Done = { readonly kept: KeptReply } | { readonly reply: object } | Refused;

/** The reply of a command whose events stand where `appended` says. */
export function replyOf(call: Prepared, done: Done, appended: readonly Appended[]): KeptReply {
  if ('refused' in done) throw done.refused;
  return 'kept' in done ? done.kept : withPosition(done.reply, appended, call.caller);
}

/** Authorises, and does it unless it was done before. */
export async function attempt(tx: LogTx, call: Prepared, kept: KeptReply | null): Promise<Done> {
  const handler = call.entry.handler as Command<CommandName, unknown>;
  const context = { caller: call.caller, requestId: call.requestId, tx };
  const access = await handler.authorise(context, call.input);
  if (kept) return { kept };
  try {
    return { reply: await handler.run(context, call.input, access) };
  } catch (error) {
    if (error instanceof KeptFailure) return { refused: error };
    throw error;
  }
}

/** The kept reply of a call whose id somebody has reserved before. */
export function keptFor(tx: LogTx, call: Prepared): Promise<KeptReply | null> {
  const use = idUseOf(call);
  return use ? findKept(tx, use.actorId, use.commandId, use.hash) : Promise.resolve(null);
}

export interface Alone {
  readonly reply: KeptReply;
  readonly appended: readonly Appended[];
}

/**
 * Runs one command in a transaction of its own.
 * @param locked told the rooms that it locked, whatever came of it
 */
export async function runAlone(
  work: UnitOfWork,
  call: Prepared,
  locked: (rooms: readonly string[]) => void,
): Promise<Alone> {
  const use = idUseOf(call);
  const { result: done, appended } = await work.commit(
    async (tx) => {
      const kept = use && (await reserve(tx, use.actorId, use.commandId, use.name, use.hash));
      try {
        return await attempt(tx, call, kept);
      } finally {
        locked(tx.lockedRooms);
      }
    },
    async (tx, outcome, events) => {
      if (!use || 'kept' in outcome) return;
      if ('refused' in outcome) return giveBack(tx, use.actorId, use.commandId);
      const reply = replyOf(call, outcome, events);
      await keep(tx, use.actorId, use.commandId, reply, isSecret(call, reply));
    },
  );
  return { reply: replyOf(call, done, appended), appended };
}
