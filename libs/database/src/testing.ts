import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from './data-source.js';
import type { MigrationClass } from './migration.js';
import { Database } from './database.js';

export { doorTo } from './testing/door.js';
export type { Door } from './testing/door.js';
export { startRedisCluster } from './testing/redis-cluster.js';
export type { RedisCluster } from './testing/redis-cluster.js';
export { watchStatements } from './testing/statement-watch.js';
export type { StatementWatch } from './testing/statement-watch.js';

const POOL = { poolSize: 12, statementTimeoutMs: 20_000, answerTimeoutMs: 25_000, connectTimeoutMs: 5_000 };

export interface TestDatabase {
  readonly url: string;
  readonly database: Database;
  /** The pool, for another `Database` over it. */
  readonly source: DataSource;
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

const adminUrl = (): string =>
  process.env['CLAWTANK_TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

function urlOf(name: string): string {
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return url.toString();
}

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const TEMPLATE_LOCK = 7_315_002;

/** The text of the migrations names the template, so that a changed migration makes a new one. */
function templateName(migrations: readonly MigrationClass[]): string {
  const text = migrations.map((migration) => migration.sql).join('\n');
  return `clawtank_template_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

async function ensureTemplate(migrations: readonly MigrationClass[]): Promise<string> {
  const name = templateName(migrations);
  await asAdmin(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 1) return;
    const draft = `${name}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${draft}`);
    const source = await createDataSource({ url: urlOf(draft), ...POOL }, migrations).initialize();
    await migrate(source);
    await source.destroy();
    // Renamed last: a run that is killed half-way leaves a draft, never a half-made template.
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
  });
  return name;
}

/**
 * A database of this test file's own, cloned from a template that holds the migrated schema.
 * Needs CLAWTANK_TEST_DATABASE_URL (an administrator's URL) or a PostgreSQL at 127.0.0.1:5432.
 */
export async function createTestDatabase(migrations: readonly MigrationClass[]): Promise<TestDatabase> {
  const template = await ensureTemplate(migrations);
  const name = `clawtank_test_${randomBytes(8).toString('hex')}`;
  await asAdmin(async (client) => {
    // Two files that clone at once would see each other's connection to the template.
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  const source = await createDataSource({ url: urlOf(name), ...POOL }, migrations).initialize();
  return {
    url: urlOf(name),
    database: new Database(source),
    source,
    drop: async () => {
      if (source.isInitialized) await source.destroy();
      await asAdmin((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}
