import type { CommandName, QueryName } from '@clawtank/contracts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

interface Line {
  readonly method: Method;
  /** Below `/api/v1`; `:name` is a field of the input. */
  readonly path: string;
  /** Status of the answer when all went well. */
  readonly status: number;
  /** For people who read the documentation. */
  readonly summary: string;
}

export interface CommandRoute extends Line {
  readonly kind: 'command';
  readonly name: CommandName;
}

export interface QueryRoute extends Line {
  readonly kind: 'query';
  readonly name: QueryName;
  /** Waits for something to tell, up to `wait` seconds. */
  readonly waits: boolean;
}

export type Route = CommandRoute | QueryRoute;

export interface RouteFamily {
  readonly tag: string;
  readonly about: string;
  /** To everybody but administrators its paths look like paths that lead nowhere. */
  readonly adminsOnly?: true;
  readonly routes: readonly Route[];
}

const command =
  (method: Method, status: number) =>
  (path: string, name: CommandName, summary: string): CommandRoute => ({
    kind: 'command',
    method,
    path,
    status,
    name,
    summary,
  });

/** A command that makes something: 201. */
export const create = command('POST', 201);
/** Any other command: 200. */
export const act = command('POST', 200);
export const change = command('PATCH', 200);
export const remove = command('DELETE', 200);

/** A query. */
export const read = (path: string, name: QueryName, summary: string): QueryRoute => ({
  kind: 'query',
  method: 'GET',
  path,
  status: 200,
  name,
  summary,
  waits: false,
});

/** A query that may be asked to wait. */
export const poll = (path: string, name: QueryName, summary: string): QueryRoute => ({
  ...read(path, name, summary),
  waits: true,
});

/** The names of the fields that a path carries. */
export const pathFields = (path: string): readonly string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
