import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DecidePush, HookServer } from '../local/hook-server.js';
import { type GitSettings, gitEnvironment } from '../local/git-process.js';
import { endGroup } from '../local/process-group.js';
import { cgiEnvironment } from './cgi-environment.js';
import { MAX_CGI_HEAD_BYTES, parseCgiHead } from './cgi-head.js';
import type { SmartRequest } from './smart-path.js';

export interface SmartHttpSettings extends GitSettings {
  /** The folder of the server's own hooks. */
  readonly hooksFolder: string;
  readonly timeoutMs: number;
  /** Requests served at once; one more is answered 503. */
  readonly maxRunning: number;
}

export interface SmartExchange {
  readonly request: SmartRequest;
  readonly repositoryPath: string;
  /** Who asks, for the reflog. */
  readonly user: string;
  /** Judges a push at the moment its objects have arrived. Needed for `git-receive-pack`. */
  readonly decide?: DecidePush;
  /**
   * Runs after a push, whether or not git accepted it, and before the response ends: a client that saw its
   * push succeed can rely on what this recorded. When it throws, the response is cut off.
   */
  readonly afterPush?: () => Promise<void>;
}

/** Serves git's smart protocol by `git http-backend`, one process group per request. */
export class SmartHttp {
  private readonly settings: SmartHttpSettings;
  private readonly hooks: HookServer;
  private readonly running = new Map<AbortController, Promise<void>>();
  private closing = false;

  constructor(settings: SmartHttpSettings, hooks: HookServer) {
    this.settings = settings;
    this.hooks = hooks;
  }

  /** Requests that are being served now. */
  get active(): number {
    return this.running.size;
  }

  /**
   * Serves one request whose sender may do what it asks; resolves when its processes have ended. A client that
   * goes away ends them. Rejects with what `afterPush` threw.
   */
  async serve(req: IncomingMessage, res: ServerResponse, exchange: SmartExchange): Promise<void> {
    if (this.closing || this.running.size >= this.settings.maxRunning) {
      res.writeHead(503, { 'Retry-After': '5', Connection: 'close' }).end('Busy; try again.\n');
      return;
    }
    const pushes = exchange.request.service === 'git-receive-pack' && !exchange.request.advertises;
    const push = pushes && exchange.decide ? this.hooks.expect(exchange.decide) : undefined;
    const child = this.start(req, exchange, push?.environment ?? {});
    const cancel = new AbortController();
    const done = this.exchange(req, res, child, cancel).then((cutOff) =>
      finish(res, cutOff, pushes ? exchange.afterPush : undefined),
    );
    this.running.set(cancel, done);
    try {
      await done;
    } finally {
      this.running.delete(cancel);
      push?.forget();
    }
  }

  /** Refuses new requests, ends the running ones and waits for their processes. */
  async close(): Promise<void> {
    this.closing = true;
    for (const cancel of this.running.keys()) cancel.abort();
    await Promise.allSettled(this.running.values());
  }

  private start(
    req: IncomingMessage,
    exchange: SmartExchange,
    push: Readonly<Record<string, string>>,
  ): ChildProcess {
    const env = {
      ...gitEnvironment(this.settings, { 'core.hooksPath': this.settings.hooksFolder }),
      ...cgiEnvironment(exchange.request, exchange.repositoryPath, req.headers, exchange.user),
      ...push,
    };
    return spawn(this.settings.program ?? 'git', ['http-backend'], {
      env,
      cwd: this.settings.home,
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  }

  /** Resolves when the CGI has ended: true when it was made to end before its time. */
  private async exchange(
    req: IncomingMessage,
    res: ServerResponse,
    child: ChildProcess,
    cancel: AbortController,
  ): Promise<boolean> {
    let release: (() => void) | undefined;
    const stop = (): void => cancel.abort();
    cancel.signal.addEventListener('abort', () => {
      if (child.pid !== undefined && child.exitCode === null) release ??= endGroup(child.pid);
    });
    const deadline = setTimeout(stop, this.settings.timeoutMs);
    res.once('close', stop);
    const ended = once(child, 'close').catch(() => undefined);
    feed(req, child);
    await answer(child, res).catch(stop);
    await ended;
    clearTimeout(deadline);
    res.off('close', stop);
    release?.();
    return cancel.signal.aborted;
  }
}

async function finish(
  res: ServerResponse,
  cutOff: boolean,
  afterPush: (() => Promise<void>) | undefined,
): Promise<void> {
  try {
    await afterPush?.();
  } catch (error) {
    res.destroy();
    throw error;
  }
  if (!res.headersSent) res.writeHead(cutOff ? 504 : 502, { Connection: 'close' });
  else if (cutOff) res.destroy();
  res.end();
}

/** Streams the CGI's answer, but leaves the response open for what has to happen before it ends. */
async function answer(child: ChildProcess, res: ServerResponse): Promise<void> {
  let head = Buffer.alloc(0);
  for await (const chunk of child.stdout ?? []) {
    if (!(chunk instanceof Buffer)) throw new TypeError('the CGI wrote text instead of bytes');
    if (res.headersSent) await write(res, chunk);
    else {
      head = Buffer.concat([head, chunk]);
      const parsed = parseCgiHead(head);
      if (parsed) {
        res.writeHead(parsed.status, Object.fromEntries(parsed.headers));
        await write(res, parsed.rest);
      } else if (head.length > MAX_CGI_HEAD_BYTES) throw new Error('the head of the CGI has no end');
    }
  }
}

async function write(res: ServerResponse, chunk: Buffer): Promise<void> {
  if (res.destroyed) throw new Error('the client went away');
  if (chunk.length === 0 || res.write(chunk)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      res.off('drain', go).off('close', go);
      resolve();
    };
    res.on('drain', go).on('close', go);
  });
}

/**
 * A CGI that refuses stops reading; the rest of the request is then thrown away instead of ending the
 * connection, because a git client reads the refusal only after it has sent everything.
 */
function feed(req: IncomingMessage, child: ChildProcess): void {
  const { stdin } = child;
  if (!stdin) return;
  stdin.on('error', () => {
    req.unpipe(stdin);
    req.resume();
  });
  req.pipe(stdin);
}
