import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that a test can shut. */
export interface Door {
  /** The server's URL, through this door. */
  readonly url: string;
  /** Ends every connection and refuses new ones. */
  shut(): void;
  /** Swallows everything from now on, on old connections and on new ones, and ends none of them. */
  swallow(): void;
  /** Lets new connections through again. */
  open(): void;
  /** Resolves when somebody knocks next, let in or not. */
  knock(): Promise<void>;
  close(): Promise<void>;
}

/** @param url of the server; its port is named or `defaultPort` */
export async function doorTo(url: string, defaultPort: number): Promise<Door> {
  const { hostname, port } = new URL(url);
  const through = new URL(url);
  const sockets = new Set<Socket>();
  let isOpen = true;
  let swallows = false;
  const server = createServer((client) => {
    if (!isOpen) return void client.destroy();
    if (swallows) return void sockets.add(client.on('error', () => undefined).resume());
    const pair = [client, connect(Number(port || defaultPort), hostname)] as const;
    for (const socket of pair) {
      sockets.add(socket.on('error', () => undefined));
      socket.once('close', () => pair.forEach((each) => each.destroy()));
    }
    pair[0].pipe(pair[1]).pipe(pair[0]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  through.hostname = '127.0.0.1';
  through.port = typeof address === 'object' ? `${address?.port ?? ''}` : '';
  const shut = (): void => {
    isOpen = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: through.toString(),
    shut,
    swallow: () => {
      swallows = true;
      for (const socket of sockets) socket.unpipe().resume();
    },
    open: () => {
      isOpen = true;
      swallows = false;
    },
    knock: async () => {
      await once(server, 'connection');
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      shut();
      await closed;
    },
  };
}
