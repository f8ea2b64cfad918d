import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { JobsConnection } from './jobs-connection.js';
import { createTestDatabase } from './testing.js';

/** A door to PostgreSQL that can be shut. */
async function doorTo(
  url: URL,
): Promise<{ server: Server; shut: () => void; open: () => void; port: number }> {
  const sockets = new Set<Socket>();
  let isOpen = true;
  const server = createServer((client) => {
    if (!isOpen) return void client.destroy();
    const upstream = connect(Number(url.port || 5432), url.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket.on('error', () => undefined));
      socket.once('close', () => [client, upstream].forEach((each) => each.destroy()));
    }
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const shut = (): void => {
    isOpen = false;
    for (const socket of sockets) socket.destroy();
  };
  const open = (): void => {
    isOpen = true;
  };
  return { server, shut, open, port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
}

it('waits for a database that is away instead of failing', async () => {
  const test = await createTestDatabase([]);
  const door = await doorTo(new URL(test.url));
  const url = new URL(test.url);
  url.hostname = '127.0.0.1';
  url.port = `${door.port}`;
  const connection = new JobsConnection(url.toString());
  try {
    expect(await connection.executeSql('SELECT 1 AS one', [])).toMatchObject({ rows: [{ one: 1 }] });
    door.shut();
    const asked = connection.executeSql('SELECT 2 AS two', []);
    await new Promise((resolve) => door.server.once('connection', resolve));
    door.open();
    expect(await asked).toMatchObject({ rows: [{ two: 2 }] });
    await expect(connection.executeSql('SELECT nonsense', [])).rejects.toThrow('nonsense');
  } finally {
    await connection.close();
    door.shut();
    door.server.close();
    await test.drop();
  }
});
