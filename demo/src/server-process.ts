import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url));
const START_LIMIT_MS = 90_000;

export interface RunningServer {
  readonly url: string;
  /** Everything the server printed, to look for secrets in. */
  readonly output: () => string;
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** Starts the all-in-one server on a data folder and waits for the URL that it prints. `extra` goes into its environment; `port` is for a second start at the same address. */
export async function startServer(
  dataDir: string,
  extra: Readonly<Record<string, string>> = {},
  port = '0',
): Promise<RunningServer> {
  const { DATABASE_URL: _d, REDIS_URL: _r, ...env } = process.env;
  const child = spawn(process.execPath, [SERVER, '--data', dataDir, '--port', port], {
    env: { ...env, ...extra },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the server did not start\n${printed}`)), START_LIMIT_MS);
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed += `${line}\n`;
      const found = /ready at (http:\/\/\S+)/.exec(line)?.[1];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
    child.once('exit', () => reject(new Error(`the server ended\n${printed}`)));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended(child);
  };
  return { url, output: () => printed, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
