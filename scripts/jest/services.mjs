import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { chmodSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildLocked } from '../build.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const PREFIX = 'clawtank-tests-';

const { Client } = createRequire(join(ROOT, 'apps/server/package.json'))('pg');

async function asAdmin(url, work) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function answers(url) {
  try {
    return await asAdmin(url, (client) => client.query('SELECT 1').then(() => true));
  } catch {
    return false;
  }
}

/** Removes data folders of runs that were killed: their number in the name belongs to no living process. */
function removeAbandoned() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0]);
    try {
      process.kill(pid, 0);
    } catch (error) {
      if (error.code === 'ESRCH') removeDataDir(join(tmpdir(), name));
    }
  }
}

function removeDataDir(dataDir) {
  const location = join(dataDir, 'postgres-location');
  if (existsSync(location)) rmSync(readFileSync(location, 'utf8').trim(), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

async function startOwn() {
  removeAbandoned();
  await buildLocked({ log: () => undefined });
  const embedded = pathToFileURL(join(ROOT, 'apps/server/dist/embedded/index.js')).href;
  const { startEmbeddedPostgres } = await import(embedded);
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  return {
    url: postgres.adminUrl,
    label: 'embedded',
    stop: async () => {
      await postgres.stop();
      removeDataDir(dataDir);
    },
  };
}

/** An administrator's PostgreSQL: the one that was named, else one at the usual place, else our own. */
export async function findPostgres(env) {
  const named = env.TEST_DATABASE_URL || env.DATABASE_URL;
  if (named) {
    await asAdmin(named, (client) => client.query('SELECT 1'));
    return { url: named, label: new URL(named).host };
  }
  const usual = 'postgres://postgres@127.0.0.1:5432/postgres';
  return (await answers(usual)) ? { url: usual, label: '127.0.0.1:5432' } : startOwn();
}

/**
 * Older than any test file takes: a database that nobody is connected to may still be in use. Another run may
 * drop one while this reads, so its file may be missing.
 */
const LEFTOVER = `
  SELECT datname FROM pg_database d
  WHERE (datname ~ '^clawtank_test_[0-9a-f]+$' OR datname ~ '^clawtank_template_[0-9a-f]+(_draft)?$')
    AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
    AND (pg_stat_file('base/' || d.oid || '/PG_VERSION', true)).modification
        < now() - CASE WHEN datname LIKE 'clawtank_test_%' THEN interval '1 hour' ELSE interval '1 day' END`;

/** Drops the databases of test runs that were killed. */
export async function dropLeftovers(url) {
  await asAdmin(url, async (client) => {
    const { rows } = await client.query(LEFTOVER);
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  }).catch((error) => {
    // An account without the right to look at files can still run the tests.
    if (error.code !== '42501') throw error;
  });
}

function ping(url) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 6379), timeout: 2_000 });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (reply) => end(/^(\+PONG|-NOAUTH)/.test(String(reply))));
    for (const event of ['error', 'timeout', 'close']) socket.once(event, () => end(false));
  });
}

/** The Redis that was named, or one at the usual place; undefined when there is none. */
export async function findRedis(env) {
  const url = env.REDIS_URL || 'redis://127.0.0.1:6379';
  if (await ping(url)) return url;
  if (env.REDIS_URL) throw new Error(`no Redis answers at REDIS_URL (${new URL(url).host})`);
  return undefined;
}

/** Path of a redis-server, for specs that start a cluster of their own; undefined when there is none. */
export function findRedisServer(env) {
  return (env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'redis-server'))
    .find((path) => existsSync(path));
}

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a Chromium; undefined when there is none. */
export function findChromium(env) {
  return env.CHROMIUM_PATH || BROWSERS.find((path) => existsSync(path));
}

function specs(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (['node_modules', 'dist', '.next', '.git', '.build'].includes(entry.name)) return [];
    if (entry.isDirectory()) return specs(path);
    return entry.name.endsWith('.spec.ts') && statSync(path).size > 0 ? [path] : [];
  });
}

/** Test files that run only where the variable `name` is set. */
export function specsThatNeed(name) {
  return specs(ROOT)
    .filter((path) => readFileSync(path, 'utf8').includes(name))
    .map((path) => relative(ROOT, path));
}
