import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface HeardHook {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Whoever a hook tells: keeps what came, and answers with `status`. */
export class HookListener {
  readonly received: HeardHook[] = [];
  status = 202;
  private readonly server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.once('end', () => {
      this.received.push({ headers: req.headers, body: Buffer.concat(chunks).toString() });
      res.writeHead(this.status).end();
    });
  });

  static async open(): Promise<HookListener> {
    const listener = new HookListener();
    listener.server.listen(0, '127.0.0.1');
    await once(listener.server, 'listening');
    return listener;
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? String(address.port) : ''}/hook`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
