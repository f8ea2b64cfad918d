import type { CommandInputOf, CommandName, CommandReplyOf } from '@clawtank/contracts';
import type { Command, CommandContext } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import { insertAuditEntry } from '../persistence/audit-log.js';

export type AdminCommandName = Extract<CommandName, `admin.${string}`>;

/** What an action did, beside its reply. */
export interface Done<N extends AdminCommandName> {
  readonly reply: CommandReplyOf<N>;
  readonly target: { readonly kind: string; readonly id: string };
  /** For who reads the audit log; nothing secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * An administrator's command. What it does and its line in the audit log are one transaction: neither is there
 * without the other. Only administrators get this far; the buses know these commands by their names.
 */
export abstract class AdminAction<N extends AdminCommandName> implements Command<N> {
  abstract readonly action: N;

  protected abstract act(context: CommandContext, input: CommandInputOf<N>): Promise<Done<N>>;

  authorise(): Promise<void> {
    return Promise.resolve();
  }

  async run(context: CommandContext, input: CommandInputOf<N>): Promise<CommandReplyOf<N>> {
    const { reply, target, details = {} } = await this.act(context, input);
    const { caller, requestId, tx } = context;
    await insertAuditEntry(tx, {
      id: newId(),
      actor_id: caller.id,
      actor_name: caller.name,
      address: caller.address,
      request_id: requestId,
      action: this.action,
      target_kind: target.kind,
      target_id: target.id,
      details,
    });
    return reply;
  }
}
