import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** One connection through the door; it can be cut after a number of further bytes. */
export class Passage {
  private left = Infinity;
  private passed = 0;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
  ) {
    for (const socket of [client, server]) {
      socket.on('error', () => this.cut());
    }
    client.once('close', () => this.cut());
    server.once('end', () => this.cut());
    client.pipe(server);
    server.on('data', (chunk: Buffer) => this.pass(chunk));
  }

  /** Bytes that went to the client so far. */
  get bytes(): number {
    return this.passed;
  }

  /** Lets exactly this many more bytes through to the client, and ends there. */
  cutAfter(bytes: number): void {
    this.left = bytes;
    if (bytes === 0) this.cut();
  }

  cut(): void {
    this.client.destroy();
    this.server.destroy();
  }

  private pass(chunk: Buffer): void {
    const part = chunk.subarray(0, Math.min(chunk.length, this.left));
    this.left -= part.length;
    this.passed += part.length;
    if (this.left > 0) return void this.client.write(part);
    this.server.destroy();
    this.client.end(part);
  }
}

/** Stands before a server and knows each connection by its turn. */
export class CutDoor {
  readonly passages: Passage[] = [];
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async before(url: string): Promise<CutDoor> {
    const { hostname, port } = new URL(url);
    const server = createServer({ noDelay: true }, (client) => {
      door.passages.push(new Passage(client, connect(Number(port), hostname)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const own = typeof address === 'object' && address ? address.port : 0;
    const door = new CutDoor(`http://127.0.0.1:${own}`, server);
    return door;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const passage of this.passages) passage.cut();
    await closed;
  }
}
