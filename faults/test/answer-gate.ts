import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

interface Watch {
  readonly word: string;
  readonly isThere: () => Promise<boolean>;
  readonly held: () => void;
}

/**
 * Stands before PostgreSQL. Of the connection that sends a certain word, it keeps back every answer from the moment
 * on at which the word's row is committed: whoever waits for them is after the commit and before everything that
 * follows from it.
 */
export class AnswerGate {
  private watch: Watch | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async before(url: string): Promise<AnswerGate> {
    const target = new URL(url);
    const server = createServer({ noDelay: true }, (client) => gate.accept(client));
    const gate = new AnswerGate(server, target);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return gate;
  }

  get url(): string {
    const address = this.server.address();
    if (typeof address !== 'object' || !address) throw new Error('the gate does not listen');
    const through = new URL(this.target);
    through.host = `127.0.0.1:${address.port}`;
    return through.toString();
  }

  /** Resolves when the answer to the commit of what holds `word` is kept back. For one connection only. */
  holdAfter(word: string, isThere: () => Promise<boolean>): Promise<void> {
    return new Promise((held) => (this.watch = { word, isThere, held }));
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private accept(client: Socket): void {
    const server = connect({ host: this.target.hostname, port: Number(this.target.port), noDelay: true });
    let watched: Watch | undefined;
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        client.destroy();
        server.destroy();
        this.sockets.delete(socket);
      });
    }
    client.on('data', (chunk: Buffer) => {
      if (this.watch && chunk.includes(this.watch.word)) {
        watched = this.watch;
        this.watch = undefined;
      }
      server.write(chunk);
    });
    void pass(server, client, () => watched).catch(() => client.destroy());
  }
}

async function pass(server: Socket, client: Socket, watched: () => Watch | undefined): Promise<void> {
  for await (const chunk of server) {
    const watch = watched();
    if (watch && (await watch.isThere())) {
      watch.held();
      // The client ends, not the gate: nothing more comes through here.
      await once(client, 'close');
      return;
    }
    client.write(chunk as Buffer);
  }
}
