import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { roomStream } from '@clawtank/contracts';
import { UnitOfWork } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { Client, expectTiling } from './client.js';
import { type Person, startGateway, type TestGateway } from './test-gateway.js';

const LIMIT_MS = 120_000;
const TEXT = 'x'.repeat(16_000);
const MESSAGES_AT_ONCE = 100;
/** More than any operating system keeps for a reader that does not read, and than the gateway keeps. */
const MOST_MESSAGES = 6_000;

/** A member at the socket who reads when it is told to; it speaks Engine.IO by hand. */
class LazyReader {
  private text = '';
  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => (this.text += chunk.toString()));
    socket.on('error', () => undefined);
  }

  static async join(url: string, token: string, roomId: string): Promise<LazyReader> {
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    const reader = new LazyReader(socket);
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await reader.hears('"sid"');
    reader.say(`40${JSON.stringify({ token })}`);
    await reader.hears('"ready"');
    reader.say(`421["room.join",{"room_id":"${roomId}"}]`);
    await reader.hears('room.joined');
    return reader;
  }

  get heard(): string {
    return this.text;
  }

  stopReading(): void {
    this.text = '';
    this.socket.pause();
  }

  /** Reads all that is there until the connection ends. */
  async readToTheEnd(): Promise<string> {
    const ended = once(this.socket, 'close');
    this.socket.resume();
    await ended;
    return this.text;
  }

  private say(message: string): void {
    const body = Buffer.from(message);
    const length =
      body.length < 126 ? [0x80 | body.length] : [0x80 | 126, body.length >> 8, body.length & 255];
    // Masked with zeros, which is a mask all the same.
    this.socket.write(Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), body]));
  }

  private async hears(word: string): Promise<void> {
    while (!this.text.includes(word)) await once(this.socket, 'data');
  }
}

describe('a member who does not read', () => {
  let gateway: TestGateway;
  let ada: Person;
  let bob: Person;
  beforeAll(async () => {
    gateway = await startGateway();
    [ada, bob] = [await gateway.aPerson('ada'), await gateway.aPerson('bob')];
  });
  afterAll(() => gateway.close());

  const openSockets = async (): Promise<number> => {
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    return Number(/^clawtank_sockets\{kind="human"[^}]*\} (\d+)/m.exec(text)?.[1]);
  };

  async function say(roomId: string): Promise<number> {
    const work = gateway.app.get(UnitOfWork, { strict: false });
    const committed = await work.commit(async (tx) => {
      await tx.lockRoom(roomId);
      for (let n = 0; n < MESSAGES_AT_ONCE; n += 1) {
        const data = {
          message_id: newId(),
          text: TEXT,
          mentions: [],
          reply_to: null,
          origin: 'member',
        } as const;
        const actor = { kind: 'human', id: ada.caller.id, name: 'ada' } as const;
        tx.appendToRoom(roomId, { type: 'chat.message', actor, data });
      }
    });
    return committed.appended.at(-1)?.to ?? 0;
  }

  it(
    'is sent away as a slow one, others hear everything, and it finds all of it when it comes back',
    async () => {
      const roomId = await gateway.aRoom(ada, 'private', [bob]);
      const stream = roomStream(roomId);
      const other = await Client.member(gateway.url, ada.token);
      const { cursor, epoch } = Object(await other.ok('room.join', { room_id: roomId }));
      const lazy = await LazyReader.join(gateway.url, bob.token, roomId);
      const before = await openSockets();
      lazy.stopReading();

      let head = Number(cursor);
      while ((await openSockets()) === before) {
        expect(head).toBeLessThan(MOST_MESSAGES);
        head = await say(roomId);
        await other.reached(stream, head);
      }
      const farewell = await lazy.readToTheEnd();
      expect(farewell).toMatch(/"bye",\{"code":"SLOW_CONSUMER"[^}]*"reconnect":true/);
      expectTiling(other.frames(stream), Number(cursor) + 1, head);
      expect(other.all('bye')).toEqual([]);

      const back = await Client.member(gateway.url, bob.token);
      await back.ok('room.join', { room_id: roomId, after: Number(cursor), epoch });
      await back.reached(stream, head);
      expectTiling(back.frames(stream), Number(cursor) + 1, head);
      for (const client of [other, back]) client.close();
    },
    LIMIT_MS,
  );
});
