import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 10_000;

/** A program that is started, and can be stopped and started again. It leads a process group of its own. */
export class Child {
  #process;

  constructor(name, start) {
    this.name = name;
    this.start = start;
  }

  get isRunning() {
    return (
      this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null
    );
  }

  run() {
    const { args, cwd, env } = this.start;
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      // Ctrl-C goes to the developer's loop alone, which stops each child once.
      detached: true,
    });
    this.#process = child;
    child.once('exit', (code, signal) => {
      if (this.#process === child && !this.stopping)
        console.error(`dev: ${this.name} ended (${signal ?? code})`);
    });
  }

  async stop() {
    if (!this.isRunning) return;
    const child = this.#process;
    this.stopping = true;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const isSlow = await Promise.race([ended.then(() => false), delay(PATIENCE_MS, true, { ref: false })]);
    if (isSlow) process.kill(-child.pid, 'SIGKILL');
    await ended;
    this.stopping = false;
  }

  async restart() {
    await this.stop();
    this.run();
  }
}
