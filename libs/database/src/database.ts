import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { PoolClient, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { ClientTx, type Tx } from './tx.js';

export type Isolation = 'READ COMMITTED' | 'REPEATABLE READ';

/** Deadlocks and serialization failures: PostgreSQL asks for another try. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

/** True for an error by which PostgreSQL ends a transaction and asks for another try. */
export const asksForAnotherTry = (error: unknown): boolean => RETRYABLE.has(sqlState(error) ?? '');

const sqlState = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;

/** The process's one pool. */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly source: DataSource;

  constructor(source: DataSource) {
    this.source = source;
  }

  /**
   * Runs `work` in one transaction and commits; rolls back when it throws. A deadlock or serialization
   * failure runs it again, so `work` must have no effect outside the transaction.
   * @param attempts how often it is run at most
   */
  async transaction<T>(
    work: (tx: Tx) => Promise<T>,
    isolation: Isolation = 'READ COMMITTED',
    attempts = ATTEMPTS,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work, isolation);
      } catch (error) {
        if (attempt >= attempts || !asksForAnotherTry(error)) throw error;
      }
    }
  }

  /** One statement outside any transaction. */
  async query<Row extends QueryResultRow>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      return (await client.query<Row>(sql, [...params])).rows;
    } finally {
      await runner.release();
    }
  }

  /** Whether every migration of this program has been run on the database it now reaches. */
  async isMigrated(): Promise<boolean> {
    return !(await this.source.showMigrations());
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  /** `BEGIN` and `COMMIT` travel with the statements behind and before them: neither is waited for alone. */
  private async once<T>(work: (tx: Tx) => Promise<T>, isolation: Isolation): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const tx = new ClientTx(client, runner.manager);
      tx.send(isolation === 'READ COMMITTED' ? 'BEGIN' : `BEGIN ISOLATION LEVEL ${isolation}`);
      let result: T;
      try {
        result = await work(tx);
      } catch (error) {
        await rollBack(client);
        // Where a statement that nobody waited for has failed, every later one is refused because of it.
        throw (await tx.failure())?.error ?? error;
      }
      await commit(client, tx);
      return result;
    } finally {
      await runner.release();
    }
  }
}

async function commit(client: PoolClient, tx: ClientTx): Promise<void> {
  const [answer, failure] = await Promise.all([client.query('COMMIT'), tx.failure()]).catch(
    async (error: unknown) => {
      throw (await tx.failure())?.error ?? error;
    },
  );
  if (failure) throw failure.error;
  // A transaction that has failed is rolled back by its COMMIT, without an error.
  if (answer.command !== 'COMMIT') throw new Error('a failed transaction was to be committed');
}

/** The first error is the one to report: a broken connection can't be rolled back and has rolled back already. */
async function rollBack(client: PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
  } catch {
    return;
  }
}
