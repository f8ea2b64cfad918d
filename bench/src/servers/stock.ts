import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { anEvent } from '../event.js';
import { paced, serve } from './serve.js';

const ROOM = 'room:bench';

// A Socket.IO server as its guide shows it: it checks and stores nothing, tells the room, and acks.
const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
let seq = 0;
const frame = () => {
  seq += 1;
  return { stream: ROOM, epoch: 'e', from: seq, to: seq, events: [anEvent(ROOM, seq)] };
};
io.on('connection', (socket) => {
  void socket.join(ROOM);
  socket.on('chat.send', (_input: unknown, ack: (reply: object) => void) => {
    const told = frame();
    io.to(ROOM).emit('events', told);
    ack({ ok: true, type: 'chat.sent', data: { message_id: told.events[0]?.id, seq: told.to } });
  });
});
http.listen(0, '127.0.0.1');
await once(http, 'listening');
const address = http.address();
serve(
  { url: `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}` },
  async (question) => {
    // By hand: what a window brings goes out as one message at its end.
    const batch = Number(question['batch'] ?? 1);
    let held: ReturnType<typeof frame>[] = [];
    const send = (index: number): void => {
      held.push(frame());
      if ((index + 1) % batch !== 0) return;
      if (batch === 1) io.to(ROOM).emit('events', held[0]);
      else io.to(ROOM).emit('events', held);
      held = [];
    };
    return { cpu: await paced(Number(question['count']), Number(question['everyMs']), send) };
  },
  async () => {
    await io.close();
  },
);
