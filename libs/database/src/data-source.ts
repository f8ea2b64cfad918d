import pg from 'pg';
import { DataSource } from 'typeorm';
import type { DatabaseConfig } from './database.config.js';
import { gatheringSocket } from './gathering-socket.js';
import type { MigrationClass } from './migration.js';

const INT8_OID = 20;
// Counters and sizes stay far below 2^53; as text they would compare wrongly.
pg.types.setTypeParser(INT8_OID, Number);

type PoolSettings = Pick<
  DatabaseConfig,
  'url' | 'poolSize' | 'statementTimeoutMs' | 'answerTimeoutMs' | 'connectTimeoutMs'
>;

/** A data source without schema sync: the schema is what the migrations made. */
export function createDataSource(config: PoolSettings, migrations: readonly MigrationClass[]): DataSource {
  return new DataSource({
    type: 'postgres',
    url: config.url,
    synchronize: false,
    migrationsRun: false,
    migrationsTransactionMode: 'each',
    uuidExtension: 'pgcrypto',
    migrations: [...migrations],
    poolSize: config.poolSize,
    // Statements that do not wait for each other's result travel together.
    extra: {
      pipeline: true,
      stream: gatheringSocket,
      statement_timeout: config.statementTimeoutMs,
      // Nothing is heard of a connection that was cut without a word: without an answer it is given up.
      query_timeout: config.answerTimeoutMs,
      connectionTimeoutMillis: config.connectTimeoutMs,
      keepAlive: true,
    },
    poolErrorHandler: () => undefined,
  });
}

const MIGRATION_LOCK = 7_315_001;

/** Runs the outstanding migrations; two nodes that start at once take turns. */
export async function migrate(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await source.runMigrations();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}
