import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Answer, Ask } from './spawner-messages.js';
import type { ProcessOutput, ProcessRun } from './run-process.js';

const PROGRAM = fileURLToPath(new URL('./spawner-process.js', import.meta.url));

interface Waiting {
  readonly resolve: (output: ProcessOutput) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts programs from a small process beside this one. Node starts a program by copying its own page tables with
 * everything standing still, which takes a server of some hundred megabytes several milliseconds each time, and git
 * is started a dozen times for one push. The small process begins with the first program and ends with this one.
 */
export class Spawner {
  private readonly waiting = new Map<number, Waiting>();
  private helper: ChildProcess | undefined;
  private asked = 0;

  constructor(private readonly program: string = PROGRAM) {}

  /** False where nothing was built, as in tests that run the sources. */
  static get built(): boolean {
    return existsSync(PROGRAM);
  }

  /** Like `runProcess`. */
  async run(program: string, args: readonly string[], run: ProcessRun): Promise<ProcessOutput> {
    const { signal, ...rest } = run;
    const helper = this.ready();
    const id = (this.asked += 1);
    const stop = (): void => this.tell(helper, { id, stop: true });
    try {
      return await new Promise<ProcessOutput>((resolve, reject) => {
        this.waiting.set(id, { resolve, reject });
        helper.channel?.ref();
        this.tell(helper, { id, program, args, run: rest });
        if (signal?.aborted) stop();
        signal?.addEventListener('abort', stop, { once: true });
      });
    } finally {
      signal?.removeEventListener('abort', stop);
      this.waiting.delete(id);
      if (this.waiting.size === 0) this.helper?.channel?.unref();
    }
  }

  /** Lets the small process go once it has nothing to do; the next program begins another one. */
  close(): void {
    this.helper?.disconnect();
    this.helper = undefined;
  }

  private ready(): ChildProcess {
    if (this.helper?.connected) return this.helper;
    const helper = fork(this.program, [], { serialization: 'advanced', execArgv: [], env: {} });
    helper.on('message', (answer) => this.answered(answer as Answer));
    helper.on('error', (error) => this.lost(helper, error));
    helper.on('exit', () => this.lost(helper, new Error('the process that starts programs has ended')));
    // It never keeps this process alive by itself.
    helper.unref();
    helper.channel?.unref();
    this.helper = helper;
    return helper;
  }

  private tell(helper: ChildProcess, ask: Ask): void {
    if (helper.connected) helper.send(ask, (error) => error && this.lost(helper, error));
  }

  private answered(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    if ('code' in answer) waiting?.reject(Object.assign(new Error(answer.message), { code: answer.code }));
    else waiting?.resolve({ ...answer.output, stdout: Buffer.from(answer.output.stdout) });
  }

  private lost(helper: ChildProcess, error: Error): void {
    if (this.helper !== helper) return;
    this.helper = undefined;
    for (const { reject } of this.waiting.values()) reject(error);
  }
}
