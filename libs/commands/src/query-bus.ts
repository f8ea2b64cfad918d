import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import type { Caller } from './caller.js';
import { fail } from './failures.js';
import { HandlerRegistry } from './registry.js';
import { validateInput } from './validate-input.js';

/** Runs queries for every transport, each in one read-only moment. */
@Injectable()
export class QueryBus {
  constructor(
    private readonly registry: HandlerRegistry,
    private readonly database: Database,
  ) {}

  /**
   * @param raw path and query parameters, not yet trusted
   * @throws Failure of the query; auth.required for a stranger where the query is not public
   */
  async run(
    name: string,
    raw: unknown,
    call: { caller: Caller | null; requestId: string },
  ): Promise<unknown> {
    const entry = this.registry.query(name);
    if (!entry) throw fail('command.unknown', { name });
    if (!call.caller && !entry.meta.public) throw fail('auth.required', {});
    const input = await validateInput(entry.meta.input, raw);
    return this.database.transaction(
      (tx) => entry.handler.run({ ...call, tx }, input as never),
      'REPEATABLE READ',
    );
  }
}
