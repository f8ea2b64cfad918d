import { Injectable } from '@nestjs/common';
import type { CommandName, WireError } from '@clawtank/contracts';
import { type Caller, CommandBus, QueryBus, toWireError } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { fromHttpError, logCommand, Metrics, refuse } from '@clawtank/http';
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
    const done = this.metrics.commandTaken('rest');
    try {
      const data = await this.runCommand(route.name, request);
      this.metrics.command(route.name, 'rest');
      logCommand(answered(route.name, request));
      return data;
    } catch (error) {
      const told = wireErrorOf(error);
      this.metrics.command(route.name, 'rest', told);
      logCommand({ ...answered(route.name, request), error: told });
      throw error;
    } finally {
      done();
    }
  }

  async query(route: QueryRoute, request: RestRequest): Promise<unknown> {
    const call = { caller: request.caller ?? null, requestId: request.id };
    try {
      return await this.queries.run(route.name, queryInput(request.params, request.query), call);
    } catch (error) {
      this.metrics.refused(wireErrorOf(error));
      throw error;
    }
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

const answered = (name: CommandName, { id, params, headers }: RestRequest) => ({
  requestId: id,
  name,
  door: 'rest' as const,
  roomId: typeof params === 'object' && params !== null && 'room_id' in params ? params.room_id : undefined,
  commandId: headers['idempotency-key'],
});
