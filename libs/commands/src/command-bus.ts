import { Injectable } from '@nestjs/common';
import { type CommandName, GLOBAL_STREAM, type Position, userStream } from '@clawtank/contracts';
import { type Appended, type LogTx, UnitOfWork } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import type { Caller } from './caller.js';
import type { Command, StagedCommand, StagedContext } from './command.js';
import { findKept, hashBody, keep, type KeptReply, reserve } from './command-results.js';
import { fail } from './failures.js';
import { type CommandEntry, HandlerRegistry } from './registry.js';
import { validateInput } from './validate-input.js';

export interface Call {
  readonly caller: Caller;
  readonly requestId: string;
}

interface Prepared extends Call {
  readonly entry: CommandEntry;
  readonly input: object & { command_id?: string };
  readonly hash: Buffer;
}

/** Runs commands for every transport: validate, authorise, do once, answer with where the events stand. */
@Injectable()
export class CommandBus {
  constructor(
    private readonly registry: HandlerRegistry,
    private readonly work: UnitOfWork,
  ) {}

  /**
   * @param raw what came over the wire, not yet trusted
   * @returns the ack's `data`: the reply, and the position of its events if it appended any
   * @throws Failure of the command; input.invalid; command.unknown
   */
  async run(name: string, raw: unknown, call: Call): Promise<object> {
    const entry = this.registry.command(name);
    if (!entry) throw fail('command.unknown', { name });
    const input: Prepared['input'] = await validateInput(entry.meta.input, raw);
    const prepared = { ...call, entry, input, hash: hashBody(entry.meta.name, input) };
    const reply = entry.meta.staged ? await this.runStaged(prepared) : await this.runAtOnce(prepared);
    return reply.data;
  }

  private async runAtOnce(call: Prepared): Promise<KeptReply> {
    const handler = call.entry.handler as Command<CommandName, unknown>;
    const { result, appended } = await this.work.commit(
      async (tx) => {
        const context = { caller: call.caller, requestId: call.requestId, tx };
        const kept = await this.reserveFor(tx, call);
        const access = await handler.authorise(context, call.input as never);
        return kept ? { kept } : { reply: await handler.run(context, call.input as never, access) };
      },
      async (tx, done, events) => {
        if (done.reply) await this.keepFor(tx, call, withPosition(done.reply, events, call.caller));
      },
    );
    return result.kept ?? withPosition(result.reply, appended, call.caller);
  }

  private async runStaged(call: Prepared): Promise<KeptReply> {
    const handler = call.entry.handler as StagedCommand<CommandName, unknown>;
    const first = await this.work.run(async (tx) => {
      const kept = await this.findKeptFor(tx, call);
      const context = { caller: call.caller, requestId: call.requestId, tx };
      return { kept, access: await handler.authorise(context, call.input as never) };
    });
    if (first.kept) return first.kept;
    const { context, appended } = this.stagedContext(call);
    const reply = await handler.run(context, call.input as never, first.access);
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
    const committed = await this.work.commit(
      async (tx) => {
        const kept = await this.reserveFor(tx, call);
        return kept ? { kept: kept.data as T } : { reply: await work(tx) };
      },
      async (tx, done, events) => {
        if ('reply' in done)
          await this.keepFor(
            tx,
            call,
            withPosition(done.reply as object, [...appended, ...events], call.caller),
          );
      },
    );
    appended.push(...committed.appended);
    return 'reply' in committed.result ? committed.result.reply : committed.result.kept;
  }

  private reserveFor(tx: LogTx, call: Prepared): Promise<KeptReply | null> {
    const { command_id: commandId } = call.input;
    if (!commandId || call.entry.meta.ephemeral) return Promise.resolve(null);
    return reserve(tx, call.caller.id, commandId, call.entry.meta.name, call.hash);
  }

  private findKeptFor(tx: LogTx, call: Prepared): Promise<KeptReply | null> {
    const { command_id: commandId } = call.input;
    return commandId ? findKept(tx, call.caller.id, commandId, call.hash) : Promise.resolve(null);
  }

  private async keepFor(tx: LogTx, call: Prepared, reply: KeptReply): Promise<void> {
    const { command_id: commandId } = call.input;
    if (!commandId || call.entry.meta.ephemeral) return;
    const { secretReply } = call.entry.meta;
    const secret = typeof secretReply === 'string' ? secretReply in reply.data : secretReply;
    await keep(tx, call.caller.id, commandId, reply, secret);
  }
}

/**
 * The room's events before the copies in user streams; of several transactions the stretch they span. Of user
 * streams only the caller's own: how far another's has come is nobody else's business.
 */
function withPosition(data: object, appended: readonly Appended[], caller: Caller): KeptReply {
  const readable = [userStream(caller.id), GLOBAL_STREAM];
  const part =
    appended.find(({ stream }) => stream.startsWith('room:')) ??
    appended.find(({ stream }) => readable.some((own) => own === stream));
  const parts = appended.filter(({ stream }) => stream === part?.stream);
  const first = parts[0];
  const last = parts.at(-1);
  if (!first || !last) return { data };
  const position: Position = {
    stream: first.stream,
    epoch: first.epoch,
    first_seq: first.from,
    seq: last.to,
  };
  return { data: { ...position, ...data } };
}
