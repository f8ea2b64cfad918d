import type { Caller } from '../caller.js';
import type { IdUse, KeptReply } from '../command-results.js';
import type { CommandEntry } from '../registry.js';

/** A command that is validated and about to run. */
export interface Prepared {
  readonly caller: Caller;
  readonly requestId: string;
  readonly entry: CommandEntry;
  readonly input: object & { readonly command_id?: string };
  readonly hash: Buffer;
}

/** How the call uses a command id, or null where no result is to be kept. */
export function idUseOf({ caller, entry, input, hash }: Prepared): IdUse | null {
  if (!input.command_id || entry.meta.ephemeral) return null;
  return { actorId: caller.id, commandId: input.command_id, name: entry.meta.name, hash };
}

/** True when this reply holds something that is shown once. */
export function isSecret({ entry }: Prepared, reply: KeptReply): boolean {
  const { secretReply } = entry.meta;
  return typeof secretReply === 'string' ? secretReply in reply.data : secretReply;
}
