import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { CommandName, QueryName } from '@clawtank/contracts';
import { Foresight } from './foresight.js';
import {
  COMMAND_META,
  type Command,
  type CommandMeta,
  type DirectCommand,
  type StagedCommand,
} from './command.js';
import { type DirectQuery, QUERY_META, type Query, type QueryMeta } from './query.js';

export interface CommandEntry {
  readonly meta: CommandMeta;
  readonly handler:
    | Command<CommandName, unknown>
    | StagedCommand<CommandName, unknown>
    | DirectCommand<CommandName>;
}
export interface QueryEntry {
  readonly meta: QueryMeta;
  readonly handler: Query<QueryName> | DirectQuery<QueryName>;
}

/** Every command and query that this process serves, found by their decorators at start. */
@Injectable()
export class HandlerRegistry implements OnModuleInit {
  private readonly commands = new Map<string, CommandEntry>();
  private readonly queries = new Map<string, QueryEntry>();
  private readonly found: Foresight[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!instance || !metatype) continue;
      if (instance instanceof Foresight) this.found.push(instance);
      const command = this.reflector.get<CommandMeta | undefined>(COMMAND_META, metatype);
      if (command)
        this.add(this.commands, command.name, {
          meta: command,
          handler: instance as CommandEntry['handler'],
        });
      const query = this.reflector.get<QueryMeta | undefined>(QUERY_META, metatype);
      if (query)
        this.add(this.queries, query.name, { meta: query, handler: instance as QueryEntry['handler'] });
    }
  }

  /** What reads ahead for the commands of a room, one for each lib of this process that does. */
  get foresights(): readonly Foresight[] {
    return this.found;
  }

  command(name: string): CommandEntry | undefined {
    return this.commands.get(name);
  }

  query(name: string): QueryEntry | undefined {
    return this.queries.get(name);
  }

  get commandNames(): readonly string[] {
    return [...this.commands.keys()];
  }

  get queryNames(): readonly string[] {
    return [...this.queries.keys()];
  }

  private add<E>(map: Map<string, E>, name: string, entry: E): void {
    if (map.has(name)) throw new Error(`two handlers for ${name}`);
    map.set(name, entry);
  }
}
