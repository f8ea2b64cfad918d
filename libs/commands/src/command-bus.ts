import { Injectable } from '@nestjs/common';
import type { CommandName } from '@clawtank/contracts';
import { type Appended, type LogTx, UnitOfWork } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { AtOnceRunner } from './at-once/at-once-runner.js';
import { keptFor } from './at-once/attempt.js';
import { idUseOf, isSecret, type Prepared } from './at-once/prepared.js';
import type { Caller } from './caller.js';
import type { DirectCommand, StagedCommand, StagedContext } from './command.js';
import { hashBody, keep, type KeptReply, reserve } from './command-results.js';
import { fail } from './failures.js';
import { mayKnow } from './for-admins.js';
import { HandlerRegistry } from './registry.js';
import { refuseSecrets } from './secret-fields.js';
import { validateInput } from './validate-input.js';
import { withPosition } from './with-position.js';

export interface Call {
  readonly caller: Caller;
  readonly requestId: string;
}

/** Runs commands for every transport: validate, authorise, do once, answer with where the events stand. */
@Injectable()
export class CommandBus {
  private readonly atOnce: AtOnceRunner;

  constructor(
    private readonly registry: HandlerRegistry,
    private readonly work: UnitOfWork,
  ) {
    this.atOnce = new AtOnceRunner(work, () => registry.foresights);
  }

  /**
   * @param raw what came over the wire, not yet trusted
   * @returns the ack's `data`: the reply, and the position of its events if it appended any
   * @throws Failure of the command; input.invalid; text.secret; command.unknown
   */
  async run(name: string, raw: unknown, call: Call): Promise<object> {
    const entry = this.registry.command(name);
    if (!entry || !mayKnow(name, call.caller)) throw fail('command.unknown', { name });
    const input: Prepared['input'] = await validateInput(entry.meta.input, raw);
    refuseSecrets(input);
    if (entry.meta.direct) return (entry.handler as DirectCommand<CommandName>).run(call, input);
    const prepared = { ...call, entry, input, hash: hashBody(entry.meta.name, input) };
    const reply = entry.meta.staged ? await this.runStaged(prepared) : await this.atOnce.run(prepared);
    return reply.data;
  }

  private async runStaged(call: Prepared): Promise<KeptReply> {
    const handler = call.entry.handler as StagedCommand<CommandName, unknown>;
    const first = await this.work.run(async (tx) => {
      const kept = await keptFor(tx, call);
      const context = { caller: call.caller, requestId: call.requestId, tx };
      return { kept, access: await handler.authorise(context, call.input) };
    });
    if (first.kept) return first.kept;
    const { context, appended } = this.stagedContext(call);
    const reply = await handler.run(context, call.input, first.access);
    return withPosition(reply, appended, call.caller);
  }

  private stagedContext(call: Prepared): { context: StagedContext; appended: Appended[] } {
    const appended: Appended[] = [];
    const commit = async <T>(work: (tx: LogTx) => Promise<T>): Promise<T> => {
      const committed = await this.work.commit(work);
      appended.push(...committed.appended);
      return committed.result;
    };
    const context: StagedContext = {
      caller: call.caller,
      requestId: call.requestId,
      intentId: call.input.command_id ?? newId(),
      transaction: commit,
      finish: (work) => this.finish(call, work, appended),
    };
    return { context, appended };
  }

  private async finish<T>(call: Prepared, work: (tx: LogTx) => Promise<T>, appended: Appended[]): Promise<T> {
    const use = idUseOf(call);
    const committed = await this.work.commit(
      async (tx) => {
        const kept = use && (await reserve(tx, use.actorId, use.commandId, use.name, use.hash));
        return kept ? { kept: kept.data as T } : { reply: await work(tx) };
      },
      async (tx, done, events) => {
        if (!use || !('reply' in done)) return;
        const reply = withPosition(done.reply as object, [...appended, ...events], call.caller);
        await keep(tx, use.actorId, use.commandId, reply, isSecret(call, reply));
      },
    );
    appended.push(...committed.appended);
    return 'reply' in committed.result ? committed.result.reply : committed.result.kept;
  }
}
