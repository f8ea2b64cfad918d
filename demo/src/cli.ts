import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CLAWTANK = fileURLToPath(new URL('../../apps/cli/bin/clawtank.mjs', import.meta.url));
const run = promisify(execFile);

/** One person at a terminal: the real command line with a home of its own. */
export class Terminal {
  private readonly env: NodeJS.ProcessEnv;
  private readonly agents: ChildProcess[] = [];
  readonly output: string[] = [];

  constructor(
    readonly folder: string,
    server: string,
  ) {
    mkdirSync(folder, { recursive: true });
    this.env = {
      PATH: process.env['PATH'],
      HOME: folder,
      CLAWTANK_HOME: join(folder, 'config'),
      CLAWTANK_SERVER: server,
    };
  }

  /** Runs one `clawtank` command with `--json` and gives what it printed. */
  async clawtank<T>(args: readonly string[], input: NodeJS.ProcessEnv = {}): Promise<T> {
    const { stdout } = await run(process.execPath, [CLAWTANK, '--json', ...args], {
      env: { ...this.env, ...input },
      cwd: this.folder,
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(stdout) as T;
  }

  /** Starts `clawtank agent run` with the scripted command and leaves it running. */
  startAgent(name: string, room: string, command: readonly string[], env: NodeJS.ProcessEnv): void {
    const args = [
      'agent',
      'run',
      '--room',
      room,
      '--name',
      name,
      '--model',
      'scripted',
      '--capability',
      'edit',
    ];
    const child = spawn(
      process.execPath,
      [CLAWTANK, ...args, '--work-dir', join(this.folder, `work-${name}`), '--', ...command],
      { env: { ...this.env, ...env }, cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => this.output.push(`${name}: ${chunk.toString()}`));
    }
    this.agents.push(child);
  }

  /** Ends the agents and waits for them. */
  async stopAgents(): Promise<void> {
    await Promise.all(
      this.agents.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGINT');
        await gone;
      }),
    );
  }
}
