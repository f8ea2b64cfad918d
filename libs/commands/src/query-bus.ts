import { Injectable } from '@nestjs/common';
import type { QueryName } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import type { Caller } from './caller.js';
import { fail } from './failures.js';
import { mayKnow } from './for-admins.js';
import type { DirectQuery, Query } from './query.js';
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
    if (!entry || !mayKnow(name, call.caller)) throw fail('command.unknown', { name });
    if (!call.caller && !entry.meta.public) throw fail('auth.required', {});
    const input = await validateInput(entry.meta.input, raw);
    if (entry.meta.direct) return (entry.handler as DirectQuery<QueryName>).run(call, input);
    const handler = entry.handler as Query<QueryName>;
    return this.database.transaction((tx) => handler.run({ ...call, tx }, input as never), 'REPEATABLE READ');
  }
}
