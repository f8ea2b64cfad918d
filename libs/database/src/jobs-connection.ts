import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseConfig } from './database.config.js';
import { isDatabaseAway } from './is-database-away.js';

const RETRY_MS = 500;
/** Enough for the library's clock and its workers, which wait for each other. */
const CONNECTIONS = 2;

type JobsConnectionSettings = Pick<DatabaseConfig, 'url' | 'answerTimeoutMs' | 'connectTimeoutMs'>;

interface Answer {
  rows: object[];
  rowCount: number;
}

/**
 * The job library's way to PostgreSQL. It does not wait for some of its own statements, and one of them that
 * fails would end the process: here each is repeated until PostgreSQL is back. All of them may run twice.
 */
export class JobsConnection {
  private readonly pool: pg.Pool;
  private closed = false;

  constructor({ url, answerTimeoutMs, connectTimeoutMs }: JobsConnectionSettings) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: CONNECTIONS,
      application_name: 'clawtank jobs',
      query_timeout: answerTimeoutMs,
      connectionTimeoutMillis: connectTimeoutMs,
    });
    this.pool.on('error', () => undefined);
  }

  async executeSql(text: string, values: unknown[]): Promise<Answer> {
    while (!this.closed) {
      try {
        const { rows, rowCount } = await this.pool.query<object>(text, values);
        return { rows, rowCount: rowCount ?? 0 };
      } catch (error) {
        if (!isDatabaseAway(error)) throw error;
        await delay(RETRY_MS);
      }
    }
    return { rows: [], rowCount: 0 };
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.pool.end();
  }
}
