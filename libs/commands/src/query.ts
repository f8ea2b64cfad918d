import { SetMetadata, applyDecorators, Injectable } from '@nestjs/common';
import type { QueryInputOf, QueryName, QueryReplyOf } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Caller } from './caller.js';

export interface QueryContext {
  /** Null for a stranger; only queries that say so answer one. */
  readonly caller: Caller | null;
  readonly requestId: string;
  /** A read-only transaction that sees one moment. */
  readonly tx: Tx;
}

/** A read. It checks by itself who may see what it returns. */
export interface Query<N extends QueryName> {
  run(context: QueryContext, input: QueryInputOf<N>): Promise<QueryReplyOf<N>>;
}

/** A read of what is outside the database: it waits for networks, and holds no transaction meanwhile. */
export interface DirectQuery<N extends QueryName> {
  run(context: Omit<QueryContext, 'tx'>, input: QueryInputOf<N>): Promise<QueryReplyOf<N>>;
}

export interface QueryMeta {
  readonly name: QueryName;
  readonly input: new () => object;
  /** Strangers may ask; the query shows them only what is public. */
  readonly public: boolean;
  /** Runs outside any transaction. */
  readonly direct: boolean;
}

export const QUERY_META = Symbol('clawtank:query');

/** Marks a provider as the one handler of a query. */
export function QueryHandler<N extends QueryName>(
  name: N,
  input: new () => QueryInputOf<N> & object,
  options: { readonly public?: boolean; readonly direct?: boolean } = {},
): ClassDecorator {
  const { public: open = false, direct = false } = options;
  const meta: QueryMeta = { name, input, public: open, direct };
  return applyDecorators(Injectable(), SetMetadata(QUERY_META, meta));
}
