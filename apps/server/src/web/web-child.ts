import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const STANDALONE = fileURLToPath(
  new URL('../../../web/.next/standalone/apps/web/server.js', import.meta.url),
);
const WRAPPER = fileURLToPath(new URL('./web-process.js', import.meta.url));
const RESTART_MS = 1_000;

export interface WebChild {
  /** Port of the pages on loopback, or null while they are not up. */
  readonly port: number | null;
  stop(): Promise<void>;
}

/** The pages' server takes no port 0, so a free one is found for it. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/robots.txt`, {
      signal: AbortSignal.timeout(2_000),
    });
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** Runs Next's standalone server as a child on loopback and brings it back when it dies. */
class NextChild implements WebChild {
  port: number | null = null;
  private child: ChildProcess | undefined;
  private stopping = false;

  constructor(
    private readonly apiUrl: string,
    private readonly log: (line: string) => void,
  ) {}

  async start(): Promise<void> {
    const port = await freePort();
    const child = fork(WRAPPER, [STANDALONE], {
      env: {
        PATH: process.env['PATH'] ?? '',
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        HOSTNAME: '127.0.0.1',
        PORT: String(port),
        CLAWTANK_API_URL: this.apiUrl,
        ...(process.env['CLAWTANK_URL'] ? { CLAWTANK_URL: process.env['CLAWTANK_URL'] } : {}),
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Ctrl-C reaches the whole group; the pages end when the server has drained and says so.
      detached: true,
    });
    this.child = child;
    child.stderr?.on('data', (chunk: Buffer) => this.log(`web: ${chunk.toString().trimEnd()}`));
    child.once('exit', () => void this.ended());
    while (child.exitCode === null && child.signalCode === null && !this.stopping) {
      if (await answers(port)) {
        this.port = port;
        return;
      }
      await delay(50);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.port = null;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  private async ended(): Promise<void> {
    this.port = null;
    if (this.stopping) return;
    this.log('web: the pages ended, starting them again');
    await delay(RESTART_MS);
    if (!this.stopping) await this.start();
  }
}

/** Starts the pages, or returns null where they were not built. */
export function startWeb(apiUrl: string, log: (line: string) => void): WebChild | null {
  if (!existsSync(STANDALONE)) return null;
  const web = new NextChild(apiUrl, log);
  web.start().catch((error: unknown) => log(`web: ${String(error)}`));
  return web;
}
