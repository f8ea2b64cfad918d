import type { EntityManager } from 'typeorm';
import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import type { Statement } from './statement.js';

/** One open transaction. Everything that a use case reads or writes goes through it. */
export interface Tx {
  /** Runs one statement and returns its rows. Parameters only through `$1…`. */
  query<Row extends QueryResultRow>(statement: Statement, params?: readonly unknown[]): Promise<Row[]>;
  /** Runs one statement and returns how many rows it touched. */
  execute(statement: Statement, params?: readonly unknown[]): Promise<number>;
  /** Runs one statement that nobody waits for. The transaction does not commit if it fails. */
  send(statement: Statement, params?: readonly unknown[]): void;
  /** TypeORM's view of the same transaction, for persistence code that works with entities. */
  readonly manager: EntityManager;
}

/** A `Tx` over a pg client. Statements travel in the order in which they are given, without waiting for each other. */
export class ClientTx implements Tx {
  readonly manager: EntityManager;
  private readonly client: PoolClient;
  private readonly sent: Promise<{ readonly error: unknown } | null>[] = [];

  constructor(client: PoolClient, manager: EntityManager) {
    this.client = client;
    this.manager = manager;
  }

  async query<Row extends QueryResultRow>(
    statement: Statement,
    params: readonly unknown[] = [],
  ): Promise<Row[]> {
    return (await this.run<Row>(statement, params)).rows;
  }

  async execute(statement: Statement, params: readonly unknown[] = []): Promise<number> {
    return (await this.run(statement, params)).rowCount ?? 0;
  }

  send(statement: Statement, params: readonly unknown[] = []): void {
    this.sent.push(
      this.run(statement, params).then(
        () => null,
        (error: unknown) => ({ error }),
      ),
    );
  }

  /** The first of the statements that nobody waited for to have failed. */
  async failure(): Promise<{ readonly error: unknown } | undefined> {
    return (await Promise.all(this.sent)).find((outcome) => outcome !== null);
  }

  private run<Row extends QueryResultRow>(
    statement: Statement,
    params: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    return typeof statement === 'string'
      ? this.client.query<Row>(statement, [...params])
      : this.client.query<Row>({ name: statement.name, text: statement.text, values: [...params] });
  }
}
