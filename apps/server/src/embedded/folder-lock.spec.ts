import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from './folder-lock.js';

let base: string;
let path: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'clawtank lock '));
  path = join(base, 'lock');
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

const DEAD = spawnSync(process.execPath, ['--version']).pid;

it.each([
  ['nothing', undefined],
  ['a lock of a dead process', JSON.stringify({ pid: DEAD, start: 'long ago' })],
  [
    'a lock whose process number is another process’s now',
    JSON.stringify({ pid: process.pid, start: 'long ago' }),
  ],
  ['a released lock', '{}'],
  ['a lock cut short by a crash', '{"pi'],
])('over %s, exactly one of many contenders gets it', async (_before, content) => {
  if (content !== undefined) writeFileSync(`${path}.7`, content);
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(path)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(readdirSync(base)).toEqual([content === undefined ? 'lock.1' : 'lock.8']);
});

it('is free again after its release', async () => {
  const first = await lockFolder(path);
  await expect(lockFolder(path)).rejects.toThrow(`process ${process.pid}`);
  await first.release();
  await (await lockFolder(path)).release();
});
