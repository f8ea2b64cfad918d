import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket as NetSocket } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { io } from 'socket.io-client';
import type { AnyFrame } from '@clawtank/events';
import { FrameEncoder } from '../streams/frame-bytes.js';
import { Outflow } from './outflow.js';

const frame = (text: string): AnyFrame => ({
  stream: 'room:r',
  epoch: 'e',
  from: 1,
  to: 1,
  events: [
    {
      id: 'e',
      stream: 'room:r',
      seq: 1,
      type: 'chat.message',
      at: '2026-01-01T00:00:00.000Z',
      actor: { kind: 'system', id: '', name: 'ClawTank' },
      data: { text },
    },
  ],
});

let server: Server;
let port: number;
beforeEach(async () => {
  const http = createServer();
  server = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterEach(() => server.close());

const nextSocket = (nsp = '/'): Promise<Socket> =>
  new Promise((resolve) => server.of(nsp).once('connection', resolve));

/** A connection that joins the main namespace and then reads nothing. */
async function reader(): Promise<{ net: NetSocket; socket: Socket }> {
  const arrives = nextSocket();
  const net = connect(port, '127.0.0.1');
  const upgrade = [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`,
  ];
  net.write(`${upgrade.join('\r\n')}\r\n\r\n`);
  for (let heard = ''; !heard.includes('pingTimeout'); ) heard += String((await once(net, 'data'))[0]);
  // "40", masked with zeros.
  net.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30]));
  const socket = await arrives;
  net.pause();
  return { net, socket };
}

describe('Outflow', () => {
  it.each(['/', '/spectate'])('sends whole frames of any size on %s, in order with all else', async (nsp) => {
    const encoder = new FrameEncoder(nsp);
    const frames = ['', 'ü', 'x'.repeat(300), '\u{1f980}'.repeat(30_000)].map(frame);
    server.of(nsp).on('connection', (socket) => {
      const outflow = new Outflow(socket, 1_000_000, () => undefined);
      // First straight, then behind an emit of the same turn, then straight again.
      for (const one of frames) outflow.send(encoder.of(one));
      for (const one of frames) {
        socket.emit('between', one.events.length);
        outflow.send(encoder.of(one));
      }
      setImmediate(() => {
        for (const one of frames) outflow.send(encoder.of(one));
        socket.emit('done');
      });
    });
    const clients = [1, 2].map(() =>
      io(`http://127.0.0.1:${String(port)}${nsp}`, { transports: ['websocket'], forceNew: true }),
    );
    const heard = await Promise.all(
      clients.map(async (client) => {
        const all: unknown[] = [];
        client.on('events', (given: unknown) => all.push(given));
        client.on('between', () => all.push('between'));
        await new Promise<void>((resolve) => client.on('done', () => resolve()));
        return all;
      }),
    );
    const expected = [...frames, ...frames.flatMap((one) => ['between', one]), ...frames];
    expect(heard).toEqual([expected, expected]);
    for (const client of clients) client.disconnect();
  });

  it('tells once when a reader does not read, and knows before that it is behind', async () => {
    const { net, socket } = await reader();
    const slow = jest.fn();
    const outflow = new Outflow(socket, 1_000_000, slow);
    const bytes = new FrameEncoder('/').of(frame('x'.repeat(100_000)));
    let sent = 0;
    let wasBehind = 0;
    // The kernel takes some megabytes first.
    for (; slow.mock.calls.length === 0 && sent < 1_000; sent += 1) {
      if (outflow.isBehind) wasBehind += 1;
      outflow.send(bytes);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sent).toBeLessThan(1_000);
    expect(wasBehind).toBeGreaterThan(0);
    for (let more = 0; more < 5; more += 1) outflow.send(bytes);
    expect(slow).toHaveBeenCalledTimes(1);
    net.destroy();
  });

  it('overtakes nothing while a reader is behind', async () => {
    const { net, socket } = await reader();
    const outflow = new Outflow(socket, 100_000_000, () => undefined);
    const encoder = new FrameEncoder('/');
    for (let index = 0; index < 90; index += 1) {
      if (index % 3 === 0) socket.emit('numbered', index, 'y'.repeat(100_000));
      else outflow.send(encoder.of(frame(`<${String(index)}>${'x'.repeat(100_000)}`)));
      if (index % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    let text = '';
    net.setEncoding('latin1');
    net.on('data', (data) => (text += String(data)));
    net.resume();
    while (!text.includes('<89>')) await once(net, 'data');
    const order = [...text.matchAll(/<(\d+)>|"numbered",(\d+)/g)].map((found) =>
      Number(found[1] ?? found[2]),
    );
    expect(order).toEqual(Array.from({ length: 90 }, (_, index) => index));
    net.destroy();
  });

  it('writes nothing to a connection that is closed', async () => {
    const { net, socket } = await reader();
    const outflow = new Outflow(socket, 1_000, () => undefined);
    const written = jest.spyOn(socket.request.socket, 'write');
    socket.disconnect(true);
    const before = written.mock.calls.length;
    outflow.send(new FrameEncoder('/').of(frame('late')));
    expect(written.mock.calls.length).toBe(before);
    net.destroy();
  });
});
