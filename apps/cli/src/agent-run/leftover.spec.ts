import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endLeftover, noteCommand } from './leftover.js';

const signal = new AbortController().signal;
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawtank left-'));
  file = join(folder, 'T-1-1.pid');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const onLinux = existsSync('/proc/self/stat') ? it : it.skip;

describe('endLeftover', () => {
  onLinux('ends the command of a run that was killed', async () => {
    const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    const ended = once(child, 'exit');
    noteCommand(file, child.pid ?? 0);
    await endLeftover(file, signal);
    expect((await ended)[1]).toBe('SIGKILL');
    expect(existsSync(file)).toBe(false);
  });

  onLinux('leaves another process alone that has the same id by now', async () => {
    const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    noteCommand(file, child.pid ?? 0);
    const noted = JSON.parse(await readFile(file, 'utf8')) as { pid: number };
    await writeFile(file, JSON.stringify({ ...noted, started: '1' }));
    await endLeftover(file, signal);
    expect(child.exitCode ?? child.signalCode).toBeNull();
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });

  it.each([
    ['nothing', undefined],
    ['half a note', '{"pid"'],
  ])('does nothing with %s', async (_, text) => {
    if (text) await writeFile(file, text);
    await expect(endLeftover(file, signal)).resolves.toBeUndefined();
  });
});
