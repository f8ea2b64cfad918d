import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { DataSource, EntitySchema } from 'typeorm';
import { createTestDatabase } from '@clawtank/database/testing';
import { anEvent } from '../event.js';
import { serve } from './serve.js';

interface Counter {
  id: string;
  head: number;
}
interface Message {
  id: string;
  room: string;
  seq: number;
  text: string;
  data: object;
}
const CounterTable = new EntitySchema<Counter>({
  name: 'counters',
  columns: { id: { type: 'text', primary: true }, head: { type: 'int' } },
});
const MessageTable = new EntitySchema<Message>({
  name: 'bench_messages',
  columns: {
    id: { type: 'uuid', primary: true },
    room: { type: 'text' },
    seq: { type: 'int' },
    text: { type: 'text' },
    data: { type: 'jsonb' },
  },
});

const ROOM = 'room:bench';
const test = await createTestDatabase([]);
const source = await new DataSource({
  type: 'postgres',
  url: test.url,
  poolSize: 16,
  synchronize: true,
  entities: [CounterTable, MessageTable],
}).initialize();
await source.getRepository(CounterTable).save({ id: ROOM, head: 0 });

// The same durable message the way TypeORM's guide writes it: lock the counter, save both, commit, tell, ack.
const store = (text: string) =>
  source.transaction(async (manager) => {
    const counter = await manager.findOneOrFail(CounterTable, {
      where: { id: ROOM },
      lock: { mode: 'pessimistic_write' },
    });
    counter.head += 1;
    await manager.save(CounterTable, counter);
    const event = anEvent(ROOM, counter.head);
    await manager.save(MessageTable, { id: randomUUID(), room: ROOM, seq: counter.head, text, data: event });
    return event;
  });

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
io.on('connection', (socket) => {
  void socket.join(ROOM);
  socket.on('chat.send', (input: { text: string }, ack: (reply: object) => void) => {
    void store(input.text).then((event) => {
      io.to(ROOM).emit('events', {
        stream: ROOM,
        epoch: 'e',
        from: event.seq,
        to: event.seq,
        events: [event],
      });
      ack({ ok: true, type: 'chat.sent', data: { message_id: event.id, seq: event.seq } });
    });
  });
});
http.listen(0, '127.0.0.1');
await once(http, 'listening');
const address = http.address();
serve(
  {
    url: `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`,
    databaseUrl: test.url,
  },
  () => ({}),
  async () => {
    await io.close();
    await source.destroy();
    await test.drop();
  },
);
