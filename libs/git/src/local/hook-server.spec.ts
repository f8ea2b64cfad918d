import { spawnSync } from 'node:child_process';
import { existsSync, utimesSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALLOWED } from '@clawtank/kernel';
import { HookServer } from './hook-server.js';

const SHA = 'a'.repeat(40);
const update = { ref: 'refs/heads/x', old: SHA, new: SHA, forced: false };

describe('the server end of the hook', () => {
  let folder: string;
  let hooks: HookServer;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clawtank hooks-'));
    hooks = await HookServer.listen(folder);
  });
  afterEach(async () => {
    await hooks.close();
    await rm(folder, { recursive: true });
  });

  const ask = (question: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(hooks.socketPath, () => socket.write(question));
      socket
        .on('data', (bytes) => (answer += bytes.toString()))
        .on('end', () => resolve(answer))
        .on('error', reject);
    });

  it('answers who knows the secret, until the push is forgotten', async () => {
    const push = hooks.expect(async (_pushId, updates) => updates.map(() => ALLOWED));
    const question = `${JSON.stringify({ push_id: push.pushId, secret: push.environment['CLAWTANK_PUSH_SECRET'], updates: [update] })}\n`;
    expect(JSON.parse(await ask(question))).toMatchObject({ allowed: true });
    push.forget();
    expect(JSON.parse(await ask(question))).toMatchObject({ allowed: false });
  });

  it.each<[string, (id: string, secret: string) => unknown]>([
    ['a wrong secret', (push_id) => ({ push_id, secret: 'ab'.repeat(32), updates: [update] })],
    ['a short secret', (push_id) => ({ push_id, secret: '', updates: [update] })],
    ['an unknown push', (_id, secret) => ({ push_id: 'x', secret, updates: [update] })],
    ['no updates', (push_id, secret) => ({ push_id, secret })],
    [
      'an update that is none',
      (push_id, secret) => ({ push_id, secret, updates: [{ ...update, new: '--x' }] }),
    ],
    ['no object', () => 5],
  ])('refuses %s', async (_name, question) => {
    const push = hooks.expect(async (_pushId, updates) => updates.map(() => ALLOWED));
    const text = JSON.stringify(question(push.pushId, push.environment['CLAWTANK_PUSH_SECRET'] ?? ''));
    expect(JSON.parse(await ask(`${text}\n`))).toMatchObject({
      allowed: false,
      reasons: [expect.stringContaining('FORBIDDEN')],
    });
  });

  it('refuses a verdict that is not one per update', async () => {
    const push = hooks.expect(async () => []);
    const question = {
      push_id: push.pushId,
      secret: push.environment['CLAWTANK_PUSH_SECRET'],
      updates: [update],
    };
    expect(JSON.parse(await ask(`${JSON.stringify(question)}\n`))).toMatchObject({ allowed: false });
  });

  it('removes the socket of a server that was killed, and none that is answered', async () => {
    const dead = join(folder, 'run', 'hook-0123456789ab.sock');
    const script = `require('net').createServer().listen(${JSON.stringify(dead)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script]);
    expect(existsSync(dead)).toBe(true);
    const young = await HookServer.listen(folder);
    await young.close();
    // It might belong to a process that is just starting.
    expect(existsSync(dead)).toBe(true);
    const longAgo = new Date(Date.now() - 120_000);
    utimesSync(dead, longAgo, longAgo);
    const second = await HookServer.listen(folder);
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(hooks.socketPath)).toBe(true);
    await second.close();
  });

  it('keeps its socket to its own user and short enough, and removes it', async () => {
    expect((await stat(hooks.socketPath)).mode & 0o777).toBe(0o600);
    const deep = await HookServer.listen(join(folder, 'x'.repeat(100)));
    expect(Buffer.byteLength(deep.socketPath)).toBeLessThanOrEqual(100);
    const { socketPath } = deep;
    await deep.close();
    expect(existsSync(socketPath)).toBe(false);
  });
});
