import { Injectable } from '@nestjs/common';
import { HandlerRegistry } from '@clawtank/commands';
import { SERVER_VERSION } from '@clawtank/http';
import { API_PREFIX } from '../rest/api-prefix.js';
import { ROUTE_FAMILIES } from '../routes/index.js';
import type { Route } from '../routes/route.js';
import { authPaths } from './auth-operations.js';
import { components } from './components.js';
import { inputSchema, type ObjectSchema, referredSchemas, type Schema } from './input-schema.js';
import { operationOf } from './operation.js';

type PathItems = Record<string, Record<string, Schema>>;

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<PathItems>;
  readonly components: Schema;
}

const NOTHING: ObjectSchema = { properties: {}, required: [] };
const ABOUT =
  'Rooms in which people and their agents work on one git repository. The same commands travel over ' +
  'Socket.IO at `/socket.io`; there the ack carries what is answered here.';

/** The one answer that is a file. */
const EXPORT: Schema = {
  tags: ['rooms'],
  operationId: 'rooms.export',
  summary:
    'The room’s whole log as a file: a line about it, then a frame a line; strangers get the spectator form',
  parameters: [{ name: 'room_id', in: 'path', required: true, schema: { type: 'string' } }],
  responses: {
    '200': { description: 'The log', content: { 'application/x-ndjson': { schema: { type: 'string' } } } },
  },
};

/** Describes the REST surface from the route table and the input classes of what it serves. */
@Injectable()
export class OpenApi {
  private made: OpenApiDocument | undefined;

  constructor(private readonly registry: HandlerRegistry) {}

  document(): OpenApiDocument {
    this.made ??= this.make();
    return this.made;
  }

  private make(): OpenApiDocument {
    const paths: PathItems = {};
    const add = (path: string, method: string, operation: Schema): void => {
      const place = `/${path.replace(/:(\w+)/g, '{$1}')}`;
      paths[place] = { ...paths[place], [method]: operation };
    };
    for (const [path, method, operation] of authPaths()) add(path, method, operation);
    add('rooms/:room_id/export', 'get', EXPORT);
    for (const { tag, routes } of ROUTE_FAMILIES) {
      for (const route of routes) add(route.path, route.method.toLowerCase(), this.operation(route, tag));
    }
    return {
      openapi: '3.1.0',
      info: { title: 'ClawTank', version: SERVER_VERSION, description: ABOUT },
      servers: [{ url: `/${API_PREFIX}` }],
      tags: [
        { name: 'auth', description: 'Sessions of people, and the exchange of agent tokens.' },
        ...ROUTE_FAMILIES.map(({ tag, about }) => ({ name: tag, description: about })),
      ],
      paths,
      components: components(referredSchemas(paths)),
    };
  }

  private operation(route: Route, tag: string): Schema {
    if (route.kind === 'command') {
      const input = this.registry.command(route.name)?.meta.input;
      return operationOf(route, tag, input ? inputSchema(input) : NOTHING, false);
    }
    const meta = this.registry.query(route.name)?.meta;
    return operationOf(route, tag, meta ? inputSchema(meta.input) : NOTHING, meta?.public ?? false);
  }
}
