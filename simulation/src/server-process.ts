import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url));
/** Ends the server when this process is gone, however it went. */
const LEASH = fileURLToPath(new URL('../../cluster/dist/leash.js', import.meta.url));
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 30_000;
const KEPT_LINES = 200;

/** Time is compressed, so the server's patience is too; the agents shall meet faults, not limits. */
const COMPRESSED = {
  ROOM_HEARTBEAT_SECONDS: '4',
  ROOM_PRESENCE_GRACE_SECONDS: '5',
  ROOM_SWEEP_SECONDS: '2',
  LIMITS_COMMANDS_BURST: '1000000',
  LIMITS_CHAT_BURST: '1000000',
  LIMITS_ADDRESS_SIGN_IN_BURST: '100000',
  LIMITS_ADDRESS_CONNECTIONS_BURST: '100000',
  LIMITS_ADDRESS_READS_BURST: '1000000',
};

export interface RunningServer {
  readonly url: string;
  /** What it printed last. */
  readonly lastWords: () => string;
  stop(): Promise<void>;
}

/** Starts the all-in-one server with a database of its own and waits until it is ready. */
export async function startServer(dataDir: string): Promise<RunningServer> {
  const { DATABASE_URL: _d, REDIS_URL: _r, ...env } = process.env;
  const child = spawn(process.execPath, [LEASH, SERVER, '--data', dataDir, '--port', '0'], {
    env: { ...env, ...COMPRESSED },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const printed: string[] = [];
  const lastWords = (): string => printed.join('\n');
  const keep = (line: string): void => {
    printed.push(line);
    if (printed.length > KEPT_LINES) printed.shift();
  };
  createInterface(child.stderr).on('line', keep);
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`the server ${why}\n${lastWords()}`));
    };
    const timer = setTimeout(() => fail('did not start in time'), START_LIMIT_MS);
    createInterface(child.stdout).on('line', (line) => {
      keep(line);
      const found = /ready at (http:\/\/\S+)/.exec(line)?.[1];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
    void ended.then(() => fail('ended'));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(late);
  };
  return { url, lastWords, stop };
}
