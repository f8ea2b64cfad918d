import { Injectable } from '@nestjs/common';
import type { CommandName, WireError } from '@clawtank/contracts';
import { type Caller, CommandBus, QueryBus, toWireError } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { fromHttpError, Metrics, refuse } from '@clawtank/http';
import { Limits } from '@clawtank/limits';
import { viewRoom } from '@clawtank/rooms';
import type { CommandRoute, QueryRoute } from '../routes/route.js';
import { commandInput, queryInput, withRoomId } from './input.js';
import type { RestRequest } from './rest-request.js';

const silent = (): void => undefined;

/** From a request to a command or a query and back; everything that is decided, the buses decide. */
@Injectable()
export class RestDoor {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly limits: Limits,
  ) {}

  /** @returns the ack's data */
  async command(route: CommandRoute, request: RestRequest): Promise<object> {
    try {
      const data = await this.runCommand(route.name, request);
      this.metrics.command(route.name, 'rest');
      return data;
    } catch (error) {
      this.metrics.command(route.name, 'rest', wireErrorOf(error));
      throw error;
    }
  }

  query(route: QueryRoute, request: RestRequest): Promise<unknown> {
    const call = { caller: request.caller ?? null, requestId: request.id };
    return this.queries.run(route.name, queryInput(request.params, request.query), call);
  }

  private async runCommand(name: CommandName, request: RestRequest): Promise<object> {
    const { caller } = request;
    if (!caller) throw refuse('auth.required', {});
    await this.limits.command(caller.id, name);
    const key = request.headers['idempotency-key'];
    const given = commandInput(request.params, request.body, typeof key === 'string' ? key : undefined);
    const input = await withRoomId(given, (slug) => this.findRoomId(caller, slug));
    await this.limits.chat(caller.id, name, input);
    return this.commands.run(name, input, { caller, requestId: request.id });
  }

  private async findRoomId(caller: Caller, slug: string): Promise<string | undefined> {
    try {
      return (await this.database.transaction((tx) => viewRoom(tx, caller, slug))).room.id;
    } catch (error) {
      if (wireErrorOf(error).code === 'NOT_FOUND') return undefined;
      throw error;
    }
  }
}

const wireErrorOf = (error: unknown): WireError => toWireError(fromHttpError(error), '', silent);
