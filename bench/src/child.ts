import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { profileOptions } from './profile.js';

/** A server in a process of its own, so that its processor time can be told from the load's. */
export class Child<Ready> {
  private constructor(
    private readonly process: ChildProcess,
    readonly ready: Ready,
  ) {}

  /** @param server file name in `servers`, without its ending */
  static async start<Ready>(
    server: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Child<Ready>> {
    const path = fileURLToPath(new URL(`./servers/${server}.js`, import.meta.url));
    const child = fork(path, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [...process.execArgv, '--expose-gc', ...profileOptions(server)],
      env: { ...process.env, ...env },
    });
    const messages: readonly unknown[] = await Promise.race([once(child, 'message'), failed(child, server)]);
    return new Child(child, messages[0] as Ready);
  }

  /** Asks the server something; it answers one question at a time. */
  async ask<Answer>(question: object): Promise<Answer> {
    this.process.send(question);
    const [answer] = (await once(this.process, 'message')) as [Answer];
    return answer;
  }

  async stop(): Promise<void> {
    const gone = once(this.process, 'exit');
    this.process.disconnect();
    await gone;
  }
}

async function failed(child: ChildProcess, server: string): Promise<never> {
  await once(child, 'exit');
  throw new Error(`${server} did not start`);
}
