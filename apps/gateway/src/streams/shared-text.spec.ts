import { createServer } from 'node:http';
import { once } from 'node:events';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import type { AnyFrame } from '@clawtank/events';
import { SharedText } from './shared-text.js';

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

describe('SharedText', () => {
  it.each(['/', '/spectate'])('sends whole frames of any size on %s, in order with all else', async (nsp) => {
    const http = createServer();
    const server = new Server(http, {
      transports: ['websocket'],
      perMessageDeflate: false,
      serveClient: false,
    });
    const shared = new SharedText();
    const frames = ['', 'ü', 'x'.repeat(300), '\u{1f980}'.repeat(30_000)].map(frame);
    server.of(nsp).on('connection', (socket) => {
      for (const one of frames) {
        shared.send(socket, one);
        socket.emit('between', one.events.length);
      }
      socket.emit('done');
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    const port = typeof address === 'object' && address ? address.port : 0;
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
    const expected = frames.flatMap((one) => [one, 'between']);
    expect(heard).toEqual([expected, expected]);
    for (const client of clients) client.disconnect();
    await server.close();
  });
});
