import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Towards the server, or back to the client. */
type Way = 'up' | 'down';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

const WAYS: readonly Way[] = ['up', 'down'];

/**
 * Stands between clients and a TCP server and does to their bytes what bad networks do. Bytes are never lost out
 * of the middle, since TCP does not do that either: they are late, they stop, or the connection ends.
 */
export class FaultProxy {
  private readonly pairs = new Set<Pair>();
  private readonly held = new Set<Way>();
  private readonly waiting: (() => void)[] = [];
  private delayMs = 0;
  private bytesPerSecond = Infinity;
  private cutting = false;
  private refusing = false;
  private server: Server | undefined;

  private constructor(
    private readonly host: string,
    private readonly targetPort: number,
  ) {}

  /** In front of what `url` names. */
  static async before(url: string): Promise<FaultProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new FaultProxy(hostname, Number(port));
    const server = createServer({ noDelay: true }, (client) => proxy.accept(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy.server = server;
    return proxy;
  }

  get port(): number {
    const address = this.server?.address();
    if (typeof address !== 'object' || !address) throw new Error('the fault proxy does not listen');
    return address.port;
  }

  /** The URL of the target, through this proxy. */
  urlFor(url: string): string {
    const through = new URL(url);
    through.hostname = '127.0.0.1';
    through.port = `${this.port}`;
    return through.toString().replace(/\/$/, '');
  }

  /** Everything that arrives goes on this much later. */
  delay(milliseconds: number): void {
    this.delayMs = milliseconds;
  }

  throttle(bytesPerSecond: number): void {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Nothing gets through, nobody is told; new connections are taken and get nowhere either. */
  blackHole(): void {
    for (const way of WAYS) this.held.add(way);
  }

  /** One direction stops: requests arrive and answers do not, or the other way round. */
  oneWay(way: Way): void {
    this.held.add(way);
  }

  /** The next chunk of every connection is cut in the middle, and the connection ends there. */
  cutMidFrame(): void {
    this.cutting = true;
  }

  /** Every connection ends now, and new ones are refused. */
  refuse(): void {
    this.refusing = true;
    this.dropAll();
  }

  /** The network is good again. Connections that stood still go on. */
  heal(): void {
    this.held.clear();
    this.delayMs = 0;
    this.bytesPerSecond = Infinity;
    this.cutting = false;
    this.refusing = false;
    for (const wake of this.waiting.splice(0)) wake();
  }

  dropAll(): void {
    for (const pair of this.pairs) end(pair);
  }

  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.heal();
    const closed = once(server, 'close');
    server.close();
    this.dropAll();
    await closed;
  }

  private accept(client: Socket): void {
    if (this.refusing) return void client.resetAndDestroy();
    const server = connect({ host: this.host, port: this.targetPort, noDelay: true });
    const pair = { client, server };
    this.pairs.add(pair);
    for (const socket of [client, server]) {
      socket.on('error', () => end(pair));
      socket.once('close', () => {
        end(pair);
        this.pairs.delete(pair);
      });
    }
    void this.pump(pair, client, server, 'up').catch(() => end(pair));
    void this.pump(pair, server, client, 'down').catch(() => end(pair));
  }

  private async pump(pair: Pair, from: Socket, to: Socket, way: Way): Promise<void> {
    for await (const read of from) {
      const chunk = read as Buffer;
      await this.untilOpen(way);
      if (this.delayMs > 0) await delay(this.delayMs);
      if (this.bytesPerSecond < Infinity) await delay((chunk.length / this.bytesPerSecond) * 1_000);
      if (this.cutting) {
        to.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => end(pair));
        return;
      }
      if (!to.write(chunk)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
    }
    to.end();
  }

  private async untilOpen(way: Way): Promise<void> {
    while (this.held.has(way)) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

function end({ client, server }: Pair): void {
  client.destroy();
  server.destroy();
}
