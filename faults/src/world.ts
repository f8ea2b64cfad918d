import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { removeFolder, startCluster, startPostgres, startRedis, temporaryFolder } from '@clawtank/cluster';
import { chmod } from 'node:fs/promises';
import { FaultProxy } from './fault-proxy.js';
import type { World } from './nemesis.js';

export interface OpenWorld extends World {
  /** Where the clients connect, behind their network. */
  readonly frontUrl: string;
  close(): Promise<void>;
}

/** The writers write without pause; they must meet faults, not limits. */
const UNHURRIED = { LIMITS_COMMANDS_BURST: '1000000', LIMITS_CHAT_BURST: '1000000' };

const CLOSE_LIMIT_MS = 30_000;

/** Two nodes of each kind with a database and a Redis of their own, and a network around each that can fail. */
export async function openWorld(
  tell: (line: string) => void,
  onLine: (line: string) => void = () => undefined,
): Promise<OpenWorld> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) {
      // What does not end in time ends with this process.
      await Promise.race([closer(), delay(CLOSE_LIMIT_MS, undefined, { ref: false })]);
    }
  };
  try {
    const folder = await temporaryFolder();
    closers.push(() => removeFolder(folder));
    if (process.getuid?.() === 0) await chmod(folder, 0o711);
    const postgres = await startPostgres(folder, tell);
    closers.push(() => postgres.stop());
    const redis = await startRedis(folder);
    closers.push(() => redis.kill());
    const database = await FaultProxy.before(postgres.url);
    closers.push(() => database.close());
    const bus = await FaultProxy.before(redis.url);
    closers.push(() => bus.close());
    const cluster = await startCluster({
      databaseUrl: database.urlFor(postgres.url),
      redisUrl: bus.urlFor(redis.url),
      gitRoot: join(folder, 'git'),
      env: UNHURRIED,
      onLine,
    });
    closers.push(() => cluster.stop());
    const clients = await FaultProxy.before(cluster.url);
    closers.push(() => clients.close());
    return { cluster, postgres, redis, clients, database, bus, frontUrl: clients.urlFor(cluster.url), close };
  } catch (error) {
    await close();
    throw error;
  }
}
