import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Listener } from '../../demo/src/listener.js';
import { Rest } from '../../demo/src/rest.js';

const MAIN = join(__dirname, '../dist/main.js');
const LIMIT_MS = 120_000;

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly pids: readonly number[];
}

/** Starts on an empty database, which two nodes of each kind find at the same moment. */
async function start(): Promise<Running> {
  const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    const [, url] = /is ready at (\S+)/.exec(line) ?? [];
    const pids = lines.flatMap((each) => Number(/\(process (\d+)\)/.exec(each)?.[1] ?? 0) || []);
    if (url) return { child, url, pids };
  }
  throw new Error(lines.join('\n'));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(20);
}

let cluster: Running | undefined;
afterAll(() => cluster?.child.kill('SIGTERM'));

describe('a cluster', () => {
  it(
    'serves one room through every node, and leaves nothing behind when its parent is killed',
    async () => {
      cluster = await start();
      expect(cluster.pids).toHaveLength(6);
      const guest = new Rest(cluster.url);
      const account = { username: 'mira', email: 'mira@example.org', password: 'correct horse battery' };
      const { access_token: token } = await guest.post<{ access_token: string }>('/auth/register', account);
      const rest = guest.as(token);
      const { room } = await rest.post<{ room: { id: string } }>('/rooms', {
        name: 'Two',
        visibility: 'public',
      });
      // Connections alternate, so these four reach both gateways.
      const listeners = await Promise.all([
        Listener.member(cluster.url, token, room.id),
        Listener.member(cluster.url, token, room.id),
        Listener.spectator(cluster.url, room.id),
        Listener.spectator(cluster.url, room.id),
      ]);
      const key = randomUUID();
      // Three times over both nodes: one effect.
      for (let n = 0; n < 3; n += 1) await rest.post(`/rooms/${room.id}/messages`, { text: 'once' }, key);
      const heard = (listener: Listener): number =>
        listener.events(`room:${room.id}`).filter(({ data }) => JSON.stringify(data).includes('once')).length;
      await until(() => listeners.every((listener) => heard(listener) > 0));
      expect(listeners.map(heard)).toEqual([1, 1, 1, 1]);
      for (const listener of listeners) listener.close();

      cluster.child.kill('SIGKILL');
      await until(() => !cluster?.pids.some(isAlive));
    },
    LIMIT_MS,
  );
});
