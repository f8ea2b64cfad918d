import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ClusterNode } from './node.js';
import type { Targets } from './targets.js';

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer']);

export interface ReverseProxy {
  readonly url: string;
  close(): Promise<void>;
}

function headersOf(message: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name)) headers[name] = value;
  }
  return headers;
}

const forwardedFor = (message: IncomingMessage): string =>
  [message.headers['x-forwarded-for'], message.socket.remoteAddress].filter(Boolean).join(', ');

function badGateway(response: ServerResponse): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' });
  response.end(
    JSON.stringify({
      type: 'about:blank',
      title: 'UNAVAILABLE',
      status: 503,
      code: 'UNAVAILABLE',
      reason: 'proxy.no_node',
      message: 'No node answers at the moment. Try again shortly.',
      retry_after_ms: 500,
    }),
  );
}

/** HTTP and upgrades to whichever node's turn it is; one that can't be reached is passed over. */
export class RoundRobinProxy {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 256 });
  private readonly tunnels = new Set<Duplex>();

  constructor(private readonly targets: Targets) {}

  async listen(port: number): Promise<ReverseProxy> {
    const server = createServer((message, response) => this.forward(message, response));
    server.on('upgrade', (message, socket, head) => this.tunnel(message, socket, head));
    server.on('clientError', (_error, socket) => socket.destroy());
    server.requestTimeout = 0;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy does not listen');
    return { url: `http://127.0.0.1:${address.port}`, close: () => this.close(server) };
  }

  private async close(server: Server): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    for (const socket of this.tunnels) socket.destroy();
    this.agent.destroy();
    await closed;
  }

  private forward(message: IncomingMessage, response: ServerResponse): void {
    this.tryNext(this.targets.inTurn(message.url ?? '/'), message, response);
  }

  private tryNext(nodes: ClusterNode[], message: IncomingMessage, response: ServerResponse): void {
    const [node, ...others] = nodes;
    if (!node?.url) return badGateway(response);
    let connected = false;
    const upstream = request(new URL(message.url ?? '/', node.url), {
      agent: this.agent,
      method: message.method,
      headers: { ...headersOf(message), 'x-forwarded-for': forwardedFor(message) },
    });
    const send = (): void => {
      connected = true;
      this.targets.count(node);
      message.pipe(upstream);
    };
    upstream.once('socket', (socket: Socket) => (socket.connecting ? socket.once('connect', send) : send()));
    upstream.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, headersOf(answer));
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    });
    // Once anything was sent nobody but the client can tell whether sending it again is harmless.
    upstream.on('error', () => (connected ? badGateway(response) : this.tryNext(others, message, response)));
    response.once('close', () => upstream.destroy());
  }

  private tunnel(message: IncomingMessage, client: Duplex, head: Buffer): void {
    client.on('error', () => client.destroy());
    this.tunnels.add(client);
    client.once('close', () => this.tunnels.delete(client));
    this.tryTunnel(this.targets.inTurn(message.url ?? '/'), message, client, head);
  }

  private tryTunnel(nodes: ClusterNode[], message: IncomingMessage, client: Duplex, head: Buffer): void {
    const [node, ...others] = nodes;
    if (!node?.url) {
      client.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n', () => client.destroy());
      return;
    }
    const { hostname, port } = new URL(node.url);
    const upstream = connect({ host: hostname, port: Number(port), noDelay: true });
    const passOver = (): void => this.tryTunnel(others, message, client, head);
    upstream.once('error', passOver);
    upstream.once('connect', () => {
      upstream.off('error', passOver);
      this.targets.count(node);
      this.join(client, upstream);
      upstream.write(upgradeHead(message));
      if (head.length > 0) upstream.write(head);
      client.pipe(upstream);
      upstream.pipe(client);
    });
  }

  private join(client: Duplex, upstream: Socket): void {
    const sides: Duplex[] = [client, upstream];
    for (const side of sides) {
      this.tunnels.add(side);
      side.on('error', () => side.destroy());
      side.once('close', () => {
        for (const each of sides) {
          this.tunnels.delete(each);
          each.destroy();
        }
      });
    }
  }
}

function upgradeHead(message: IncomingMessage): string {
  const lines = [`${message.method ?? 'GET'} ${message.url ?? '/'} HTTP/1.1`];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index] ?? '';
    if (name.toLowerCase() !== 'x-forwarded-for')
      lines.push(`${name}: ${message.rawHeaders[index + 1] ?? ''}`);
  }
  return `${[...lines, `X-Forwarded-For: ${forwardedFor(message)}`].join('\r\n')}\r\n\r\n`;
}
