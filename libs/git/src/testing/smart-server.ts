import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { HookServer } from '../local/hook-server.js';
import { writeHooksFolder } from '../local/hooks-folder.js';
import { SmartHttp, type SmartExchange, type SmartHttpSettings } from '../smart-http/smart-http.js';
import { parseSmartRequest } from '../smart-http/smart-path.js';
import type { GitSandbox } from './git-sandbox.js';

type Exchange = Omit<SmartExchange, 'request'>;

/** A plain HTTP server around `SmartHttp`, which serves whatever `exchange` says at that moment. */
export class SmartServer {
  readonly smart: SmartHttp;
  readonly hooks: HookServer;
  exchange: Exchange | undefined;
  /** What `serve` rejected with. */
  readonly errors: unknown[] = [];
  private readonly server: Server;

  private constructor(smart: SmartHttp, hooks: HookServer) {
    this.smart = smart;
    this.hooks = hooks;
    this.server = createServer((req, res) => {
      const request = parseSmartRequest(req.method ?? '', req.url ?? '');
      if (request && this.exchange) {
        smart
          .serve(req, res, { ...this.exchange, request })
          .catch((error: unknown) => this.errors.push(error));
      } else res.writeHead(404).end();
    });
  }

  static async start(sandbox: GitSandbox, settings: Partial<SmartHttpSettings> = {}): Promise<SmartServer> {
    const dataFolder = join(sandbox.root, 'data');
    const hooks = await HookServer.listen(dataFolder);
    const hooksFolder = await writeHooksFolder(dataFolder);
    const all = { ...sandbox.settings, hooksFolder, timeoutMs: 30_000, maxRunning: 8, ...settings };
    const server = new SmartServer(new SmartHttp(all, hooks), hooks);
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  get port(): number {
    const address: string | AddressInfo | null = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/room.git`;
  }

  async stop(): Promise<void> {
    await this.smart.close();
    await this.hooks.close();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
