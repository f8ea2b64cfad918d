import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ended } from './ended.js';

export const NODE_KINDS = ['api', 'gateway', 'webhook-receiver'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

export interface ClusterNode {
  readonly kind: NodeKind;
  /** `gateway-1` */
  readonly name: string;
  /** Where it listens; undefined while it does not run. */
  readonly url: string | undefined;
  readonly pid: number | undefined;
  /** What it printed since the first start, newest last. */
  readonly output: readonly string[];
  /** How often it ended after it had listened and nobody had told it to, with its last words. */
  readonly crashes: readonly string[];
  /** Resolves once it listens, at a port of its own choice. */
  start(): Promise<void>;
  /** Asks it to drain and waits until it has ended. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 25_000;
const KEPT_LINES = 2_000;
const LEASH = fileURLToPath(new URL('../dist/leash.js', import.meta.url));

const programOf = (kind: NodeKind): string =>
  fileURLToPath(new URL(`../../apps/${kind}/dist/main.js`, import.meta.url));

/** One process of the product, started from its own `main.js` with the environment of the cluster. */
export class LeashedNode implements ClusterNode {
  readonly output: string[] = [];
  readonly crashes: string[] = [];
  private child: ChildProcess | undefined;
  private listensAt: string | undefined;
  private readonly asked = new WeakSet<ChildProcess>();

  constructor(
    readonly kind: NodeKind,
    readonly name: string,
    private readonly env: Readonly<Record<string, string>>,
    private readonly onLine: (line: string) => void = () => undefined,
  ) {}

  get url(): string | undefined {
    return this.listensAt;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--enable-source-maps', LEASH, programOf(this.kind)], {
      env: { ...process.env, ...this.env, HOST: '127.0.0.1', PORT: '0' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child = child;
    child.stdin.on('error', () => undefined);
    void ended(child).then(() => this.forget(child));
    createInterface(child.stderr).on('line', (line) => this.keep(line));
    await this.untilListening(child);
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child) return;
    this.asked.add(child);
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended(child);
    clearTimeout(late);
    this.forget(child);
  }

  private untilListening(child: ChildProcess): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (why: string): void => {
        clearTimeout(timer);
        child.kill('SIGKILL');
        reject(new Error(`${this.name} ${why}:\n${this.output.slice(-30).join('\n')}`));
      };
      const timer = setTimeout(() => fail('did not listen in time'), START_LIMIT_MS);
      void ended(child).then(() => fail('ended'));
      if (!child.stdout) return fail('has no output');
      createInterface(child.stdout).on('line', (line) => {
        this.keep(line);
        const [, url] = /^listening at (\S+)/.exec(line) ?? [];
        if (!url) return;
        clearTimeout(timer);
        this.listensAt = url;
        resolve();
      });
    });
  }

  private forget(child: ChildProcess): void {
    if (this.child !== child) return;
    if (this.listensAt && !this.asked.has(child)) this.crashes.push(this.output.slice(-15).join('\n'));
    this.child = undefined;
    this.listensAt = undefined;
  }

  private keep(line: string): void {
    this.output.push(line);
    this.onLine(line);
    if (this.output.length > KEPT_LINES) this.output.splice(0, this.output.length - KEPT_LINES);
  }
}
