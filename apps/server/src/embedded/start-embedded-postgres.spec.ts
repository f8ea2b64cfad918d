import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { EmbeddedPostgres } from './index.js';
import { startEmbeddedPostgres } from './index.js';

const REPOSITORY = join(__dirname, '../../../..');
const CHILD = join(__dirname, '../../test/embedded-postgres-process.mjs');
const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? it : it.skip;
/** A user other than root and than the one that root would choose. */
const PLAIN_USER = Number(spawnSync('id', ['-u', 'daemon'], { encoding: 'utf8' }).stdout);

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** A data folder that was used and closed in order; copying it is quicker than making one for each test. */
let template: string;
let base: string;
const homes = new Set<string>();
const children = new Set<Child>();
const running = new Set<EmbeddedPostgres>();

// Creating a database waits for the disk, which others may keep busy.
jest.setTimeout(120_000);

beforeAll(async () => {
  const built = spawnSync(process.execPath, [join(REPOSITORY, 'scripts/build.mjs')], { encoding: 'utf8' });
  expect(built.stderr).toBe('');
  template = mkdtempSync(join(tmpdir(), 'clawtank template '));
  chmodSync(template, 0o755);
  await stop(await start(template));
  homes.clear();
});

afterAll(() => rmSync(template, { recursive: true, force: true }));

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'clawtank embedded '));
  spawnSync('cp', ['-a', `${template}/.`, base]);
});

afterEach(async () => {
  for (const postgres of running) await postgres.stop();
  for (const child of children) child.kill('SIGKILL');
  running.clear();
  children.clear();
  for (const home of homes) await endAll(home);
  for (const path of [base, ...homes]) rmSync(path, { recursive: true, force: true });
  homes.clear();
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20);
}

/** Whatever a failed test left running must not outlive it. */
async function endAll(home: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  await until(() => processesIn(home).length === 0 || Date.now() > deadline);
  for (const pid of processesIn(home)) process.kill(pid, 'SIGKILL');
}

async function start(dataDir: string, lines: string[] = []): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line) });
  running.add(postgres);
  homes.add(postgres.home);
  return postgres;
}

async function stop(postgres: EmbeddedPostgres): Promise<void> {
  running.delete(postgres);
  await postgres.stop();
}

interface Report {
  readonly pid: number;
  readonly url: string;
  readonly home: string;
  readonly error?: string;
  readonly lines: string[];
}

async function startInProcess(dataDir: string, uid?: number): Promise<{ child: Child; report: Report }> {
  const child = spawn(process.execPath, [CHILD, dataDir, ...(uid ? [`${uid}`] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.add(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const report = JSON.parse(line) as Report;
  if (report.home) homes.add(report.home);
  return { child, report };
}

async function kill(child: Child): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

/** PostgreSQL's processes on the database files in `home`: all of them work in that folder. */
function processesIn(home: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(home);
      } catch {
        return false;
      }
    });
}

/** Session leaders whose command line names the cluster: the shells that watch over the postmaster. */
function watchersOf(home: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return command.includes('clawtank-postgres') && command.includes(home);
      } catch {
        return false;
      }
    });
}

describe('an embedded PostgreSQL', () => {
  it('has the database and its owner, who is no superuser', async () => {
    const { url } = await start(join(base, 'new folder'));
    expect(await query(url, 'SELECT current_database(), current_user::text')).toEqual([
      'clawtank',
      'clawtank',
    ]);
    expect(await query(url, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user')).toEqual([false]);
    expect(await query(url, "SELECT current_setting('fsync'), current_setting('TimeZone')")).toEqual([
      'on',
      'UTC',
    ]);
    for (const name of ['pg_trgm', 'citext', 'pgcrypto']) await query(url, `CREATE EXTENSION ${name}`);
    expect(await query(url, "SELECT upper('größe'), to_tsvector('simple', 'Größe')::text")).toEqual([
      'GRÖßE',
      "'größe':1",
    ]);
  });

  it('refuses a wrong password and keeps the right one to its user', async () => {
    const { url } = await start(base);
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/);
    expect(statSync(join(base, 'postgres-credentials.json')).mode & 0o777).toBe(0o600);
  });

  it('keeps rows and leaves no process when stopped', async () => {
    const first = await start(base);
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await stop(first);
    expect(processesIn(first.home)).toEqual([]);
    expect(watchersOf(first.home)).toEqual([]);

    const second = await start(base);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([42]);
  });

  it('runs beside another on the same machine', async () => {
    const other = join(base, 'other');
    spawnSync('cp', ['-a', `${template}/.`, other]);
    const [one, two] = await Promise.all([start(base), start(other)]);
    await query(one.url, 'CREATE TABLE mine (id int)');
    await expect(query(two.url, 'SELECT * FROM mine')).rejects.toThrow(/does not exist/);
  });

  it('is refused to a second server on the same folder, in words', async () => {
    await start(base);
    await expect(startEmbeddedPostgres({ dataDir: base, log: () => undefined })).rejects.toThrow(
      `in use by another ClawTank server (process ${process.pid})`,
    );
  });

  it('goes to one of many servers that start at once', async () => {
    const starts = await Promise.allSettled([1, 2, 3, 4].map(() => start(join(base, 'new folder'))));
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('begins anew after a creation that was cut short', async () => {
    mkdirSync(join(base, 'new folder/postgres/cluster.new-1-1/base'), { recursive: true });
    const { url, home } = await start(join(base, 'new folder'));
    expect(await query(url, 'SELECT 1')).toEqual([1]);
    expect(readdirSync(home).filter((name) => name.includes('.new-'))).toEqual([]);
  });
});

describe('after kill -9', () => {
  it('of the server, PostgreSQL shuts down by itself', async () => {
    const { child, report } = await startInProcess(base);
    await kill(child);
    await until(() => processesIn(report.home).length === 0 && watchersOf(report.home).length === 0);
    expect(readFileSync(join(report.home, 'postgres.log'), 'utf8')).toContain('database system is shut down');
  });

  it('of the server, the next start works at once and finds every committed row', async () => {
    const { child, report } = await startInProcess(base);
    await query(report.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await kill(child);
    const next = await start(base);
    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([42]);
    expect(processesIn(next.home)).not.toContain(report.pid);
  });

  it('of the server and everything that watches, the next start replaces what is left', async () => {
    const { child, report } = await startInProcess(base);
    await query(report.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    child.kill('SIGSTOP');
    for (const pid of watchersOf(report.home)) process.kill(pid, 'SIGKILL');
    await kill(child);
    expect(processesIn(report.home)).toContain(report.pid);

    const lines: string[] = [];
    const next = await start(base, lines);
    expect(lines).toContainEqual(expect.stringContaining(`process ${report.pid}`));
    expect(processesIn(next.home)).not.toContain(report.pid);
    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([42]);
  });

  it('of PostgreSQL, it comes back at the same address with every committed row', async () => {
    const postgres = await start(base);
    await query(postgres.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const before = postgres.pid;
    process.kill(before, 'SIGKILL');
    await until(() => postgres.pid !== before);
    expect(await query(postgres.url, 'SELECT answer FROM kept')).toEqual([42]);
  });

  it('of both at once, the next start works', async () => {
    const { child, report } = await startInProcess(base);
    await query(report.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    child.kill('SIGKILL');
    process.kill(report.pid, 'SIGKILL');
    const next = await start(base);
    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([42]);
  });

  it('and a stranger with the old process number, the next start works and lets the stranger be', async () => {
    const first = await start(base);
    const owner = statSync(join(first.home, 'cluster'));
    const stale = readFileSync(join(first.home, 'cluster/postmaster.pid'), 'utf8');
    await stop(first);
    const stranger = spawn('sleep', ['60'], isRoot ? { uid: owner.uid, gid: owner.gid } : {});
    try {
      const pidFile = join(first.home, 'cluster/postmaster.pid');
      writeFileSync(pidFile, stale.replace(/^\d+/, String(stranger.pid)));
      const { url } = await start(base);
      expect(await query(url, 'SELECT 1')).toEqual([1]);
      expect(stranger.exitCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });
});

describe('under root', () => {
  asRoot('PostgreSQL runs as somebody else', async () => {
    const { pid } = await start(base);
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
  });

  asRoot('a folder that others cannot enter keeps its database files where they can', async () => {
    const closed = join(base, 'closed');
    mkdirSync(join(closed, 'data'), { recursive: true });
    chmodSync(closed, 0o700);
    const lines: string[] = [];
    const first = await start(join(closed, 'data'), lines);
    expect(first.home).toMatch(/^\/var\/lib\/clawtank\/[0-9a-f]{16}$/);
    expect(lines).toContainEqual(expect.stringContaining(first.home));
    expect(readFileSync(join(closed, 'data/postgres-location'), 'utf8').trim()).toBe(first.home);
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await stop(first);

    const second = await start(join(closed, 'data'));
    expect(second.home).toBe(first.home);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([42]);
    await stop(second);

    rmSync(first.home, { recursive: true });
    await expect(start(join(closed, 'data'))).rejects.toThrow(/are not there: put them back/);
  });

  asRoot('a folder of an ordinary user is served as that user', async () => {
    const mine = join(base, 'mine');
    mkdirSync(mine);
    spawnSync('chown', [`${PLAIN_USER}:${PLAIN_USER}`, mine]);
    const { child, report } = await startInProcess(mine, PLAIN_USER);
    expect(statSync(`/proc/${report.pid}`).uid).toBe(PLAIN_USER);
    child.stdin.end();
    await once(child, 'exit');
    const { pid } = await start(mine);
    expect(statSync(`/proc/${pid}`).uid).toBe(PLAIN_USER);
  });

  asRoot('a folder that root made is refused to an ordinary user, in words', async () => {
    await stop(await start(base));
    const { report } = await startInProcess(base, PLAIN_USER);
    expect(report.error).toMatch(
      /belongs to another user \(uid \d+\): start ClawTank as that user or as root/,
    );
  });
});

describe('as an ordinary user', () => {
  it('works in a folder that nobody else may enter', async () => {
    const mine = join(base, 'mine');
    mkdirSync(mine, { mode: 0o700 });
    if (isRoot) spawnSync('chown', [`${PLAIN_USER}:${PLAIN_USER}`, mine]);
    const { child, report } = await startInProcess(mine, isRoot ? PLAIN_USER : undefined);
    expect(report).toMatchObject({ home: join(mine, 'postgres'), lines: [] });
    expect(await query(report.url, 'SELECT 1')).toEqual([1]);
    child.stdin.end();
    await once(child, 'exit');
    expect(processesIn(report.home)).toEqual([]);
  });
});
