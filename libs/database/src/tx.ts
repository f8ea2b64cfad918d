import type { EntityManager } from 'typeorm';
import type { PoolClient, QueryResultRow } from 'pg';

/** One open transaction. Everything that a use case reads or writes goes through it. */
export interface Tx {
  /** Runs one statement and returns its rows. Parameters only through `$1…`. */
  query<Row extends QueryResultRow>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Runs one statement and returns how many rows it touched. */
  execute(sql: string, params?: readonly unknown[]): Promise<number>;
  /** TypeORM's view of the same transaction, for persistence code that works with entities. */
  readonly manager: EntityManager;
}

/** A `Tx` over TypeORM's query runner; statements go straight to its pg client. */
export class ClientTx implements Tx {
  readonly manager: EntityManager;
  private readonly client: PoolClient;

  constructor(client: PoolClient, manager: EntityManager) {
    this.client = client;
    this.manager = manager;
  }

  async query<Row extends QueryResultRow>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.client.query<Row>(sql, [...params]);
    return result.rows;
  }

  async execute(sql: string, params: readonly unknown[] = []): Promise<number> {
    const result = await this.client.query(sql, [...params]);
    return result.rowCount ?? 0;
  }
}
