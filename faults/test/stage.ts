import { randomBytes } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Cluster,
  type ClusterNode,
  type OwnRedis,
  removeFolder,
  startCluster,
  startRedis,
  temporaryFolder,
} from '@clawtank/cluster';
import pg from 'pg';
import { Session } from '../src/session.js';
import { AnswerGate } from './answer-gate.js';

const PASSWORD = 'correct horse battery staple';

/** The trials write without pause; they must meet faults, not limits. */
const UNHURRIED = {
  LIMITS_COMMANDS_BURST: '1000000',
  LIMITS_CHAT_BURST: '1000000',
  LIMITS_SIGN_IN_BURST: '1000000',
  LIMITS_ADDRESS_SIGN_IN_BURST: '1000000',
};

const adminUrl = (): string =>
  process.env['CLAWTANK_TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Real processes on a database and a Redis of their own. */
export class Stage {
  private constructor(
    readonly cluster: Cluster,
    readonly redis: OwnRedis,
    readonly folder: string,
    /** Between the processes and their database. */
    readonly gate: AnswerGate,
    private readonly database: pg.Pool,
    private readonly closers: readonly (() => Promise<unknown>)[],
  ) {}

  static async open(
    options: { nodesOfAKind?: number; env?: (folder: string) => Readonly<Record<string, string>> } = {},
  ): Promise<Stage> {
    const name = `clawtank_test_${randomBytes(8).toString('hex')}`;
    await administer(`CREATE DATABASE ${name}`);
    const url = new URL(adminUrl());
    url.pathname = `/${name}`;
    const folder = await temporaryFolder();
    if (process.getuid?.() === 0) await chmod(folder, 0o711);
    const redis = await startRedis(folder);
    const gate = await AnswerGate.before(url.toString());
    const cluster = await startCluster({
      databaseUrl: gate.url,
      redisUrl: redis.url,
      gitRoot: join(folder, 'git'),
      nodesOfAKind: options.nodesOfAKind ?? 2,
      env: { ...UNHURRIED, ...options.env?.(folder) },
    });
    const database = new pg.Pool({ connectionString: url.toString(), max: 2 });
    return new Stage(cluster, redis, folder, gate, database, [
      () => cluster.stop(),
      () => gate.close(),
      () => redis.kill(),
      () => database.end(),
      () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      () => removeFolder(folder),
    ]);
  }

  node(name: string): ClusterNode {
    const found = this.cluster.nodes.find((node) => node.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  }

  /** Where that node listens now. */
  urlOf(name: string): string {
    const { url } = this.node(name);
    if (!url) throw new Error(`${name} does not run`);
    return url;
  }

  person(username: string): Promise<Session> {
    const account = { username, email: `${username}@example.org`, password: PASSWORD };
    return Session.register(this.cluster.url, account);
  }

  async rows<R extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    return (await this.database.query<R>(sql, [...values])).rows;
  }

  async close(): Promise<void> {
    for (const closer of this.closers) await closer();
  }
}
