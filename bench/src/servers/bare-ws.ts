import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { anEvent } from '../event.js';
import { paced, serve } from './serve.js';

const ROOM = 'room:bench';
const http = createServer();
const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const wires = new Set<Duplex>();
http.on('upgrade', (request, wire, head) => {
  server.handleUpgrade(request, wire, head, (socket) => {
    wires.add(wire);
    socket.on('close', () => wires.delete(wire));
  });
});
http.listen(0, '127.0.0.1');
await once(http, 'listening');

/** The floor: one frame made once and written to every connection, with no thought for slow ones. */
function broadcast(seq: number): void {
  const text = JSON.stringify({ stream: ROOM, epoch: 'e', from: seq, to: seq, events: [anEvent(ROOM, seq)] });
  const payload = Buffer.from(`42["events",${text}]`);
  const head = Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]);
  const frame = Buffer.concat([head, payload]);
  for (const wire of wires) wire.write(frame);
}

const address = http.address();
serve(
  { url: `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}` },
  async (question) => ({
    cpu: await paced(Number(question['count']), Number(question['everyMs']), broadcast),
  }),
  async () => {
    for (const wire of wires) wire.destroy();
    http.close();
    await once(http, 'close');
  },
);
