import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandCall, runCommand } from './command-run.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawtank run-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const call = (script: string, fields: Partial<CommandCall> = {}): CommandCall => ({
  command: ['sh', '-c', script],
  cwd: folder,
  env: { PATH: process.env['PATH'] ?? '' },
  input: '',
  timeoutMs: 20_000,
  signal: new AbortController().signal,
  onLine: () => {},
  ...fields,
});

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The process of which the command wrote down the id. */
async function writtenPid(name: string): Promise<number> {
  for (;;) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    if (text.endsWith('\n')) return Number(text);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function gone(pid: number): Promise<void> {
  while (lives(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('runCommand', () => {
  it('gives it the task on stdin and its own environment, and tells each line', async () => {
    const lines: string[] = [];
    const end = await runCommand(
      call('cat; echo "$WORD"; echo err >&2; pwd', {
        input: '# T-1\n',
        env: { PATH: process.env['PATH'] ?? '', WORD: 'reef' },
        onLine: (line) => lines.push(line),
      }),
    );
    expect(end).toMatchObject({ how: 'exited', code: 0 });
    expect([...lines].sort()).toEqual([folder, '# T-1', 'err', 'reef'].sort());
  });

  it('tells how it failed, and its last words', async () => {
    const end = await runCommand(call('seq 1 50; exit 3'));
    expect(end).toMatchObject({ how: 'exited', code: 3 });
    expect(end.lastLines.at(-1)).toBe('50');
    expect(end.lastLines).toHaveLength(20);
  });

  it('is content with a command that does not read its task', async () => {
    expect(await runCommand(call('exit 0', { input: 'x'.repeat(1_000_000) }))).toMatchObject({ code: 0 });
  });

  it('ends it when its time is over, with everything it started', async () => {
    const running = runCommand(call('sleep 600 & echo $! > child; wait', { timeoutMs: 300 }));
    const child = await writtenPid('child');
    expect(await running).toMatchObject({ how: 'timed_out' });
    await gone(child);
  });

  it('ends it when it is stopped', async () => {
    const controller = new AbortController();
    const running = runCommand(call('echo $$ > leader; sleep 600', { signal: controller.signal }));
    const leader = await writtenPid('leader');
    controller.abort();
    expect(await running).toMatchObject({ how: 'stopped' });
    await gone(leader);
  });

  it('leaves nothing behind that it left in the background', async () => {
    const end = await runCommand(call('sleep 600 & echo $! > orphan'));
    expect(end).toMatchObject({ how: 'exited', code: 0 });
    await gone(await writtenPid('orphan'));
  });

  it('says when there is no such command', async () => {
    await expect(runCommand(call('', { command: ['no-such-command-here'] }))).rejects.toMatchObject({
      reason: 'agent.command_missing',
    });
  });
});
