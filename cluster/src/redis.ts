import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ended } from './ended.js';
import { freePort } from './free-port.js';

/**
 * A shell that starts Redis, prints its number and waits for its own standard input to end, which it does with
 * the process that holds the other end, `kill -9` included. Arguments: $1 port, $2 folder.
 */
const WATCHER = `
exec 3<&0
redis-server --bind 127.0.0.1 --port "$1" --dir "$2" --save '' --appendonly no --loglevel warning \
  </dev/null >/dev/null 2>&1 3<&- &
redis=$!
echo "$redis"
( while read -r ignored; do :; done; kill -KILL "$redis" ) <&3 >/dev/null 2>&1 &
reader=$!
exec 3<&- </dev/null
wait "$redis"
kill "$reader" 2>/dev/null
`;

const START_LIMIT_MS = 10_000;

export interface OwnRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number | undefined;
  /** Starts it again, at the same port and empty. */
  start(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => end(false));
    socket.once('error', () => end(false));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (reply) => end(reply.toString().startsWith('+PONG')));
  });

class LeashedRedis implements OwnRedis {
  private watcher: ChildProcess | undefined;
  pid: number | undefined;

  constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const watcher = spawn('/bin/sh', ['-c', WATCHER, 'clawtank-redis', `${this.port}`, this.folder], {
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    watcher.stdin.on('error', () => undefined);
    this.watcher = watcher;
    const [line] = (await once(createInterface(watcher.stdout), 'line')) as [string];
    this.pid = Number(line);
    const limit = Date.now() + START_LIMIT_MS;
    while (!(await answers(this.port))) {
      if (watcher.exitCode !== null || Date.now() > limit) {
        throw new Error(`redis-server did not start at port ${this.port}`);
      }
      await delay(20);
    }
  }

  async kill(): Promise<void> {
    const { watcher, pid } = this;
    if (!watcher || pid === undefined) return;
    this.pid = undefined;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
    watcher.stdin?.end();
    await ended(watcher);
  }
}

/** A Redis of one's own on a free port of 127.0.0.1, which keeps nothing and ends with this process. */
export async function startRedis(folder: string): Promise<OwnRedis> {
  const redis = new LeashedRedis(await freePort(), folder);
  await redis.start();
  return redis;
}
