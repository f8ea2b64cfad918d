import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Envelope, roomStream } from '@clawtank/contracts';
import { UnitOfWork } from '@clawtank/events';
import { createTestDatabase, type TestDatabase } from '@clawtank/database/testing';
import { newId } from '@clawtank/kernel';
import { MIGRATIONS } from '@clawtank/platform';
import { testEnvironment } from '@clawtank/platform/testing';
import { Client, expectTiling } from './client.js';
import { bootGateway, fieldAt, type Person, type TestGateway } from './test-gateway.js';
import { CutDoor } from './cut-door.js';

const MISSED = 10_000;
const CUTS = 10;
const BATCH = 120;
const HEAP_LIMIT = 256 * 1024 * 1024;

describe('a reader whose connection is cut', () => {
  let test: TestDatabase;
  let gitRoot: string;
  let here: TestGateway;
  let there: TestGateway;
  let ada: Person;
  let door: CutDoor;

  beforeAll(async () => {
    test = await createTestDatabase(MIGRATIONS);
    gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-resume-'));
    const env = { ...testEnvironment(test, gitRoot), DATABASE_POOL_SIZE: '6' };
    [here, there] = [await bootGateway(env), await bootGateway({ ...env, GIT_ROOT: `${gitRoot}/there` })];
    ada = await here.aPerson('ada');
    door = await CutDoor.before(here.url);
  });
  afterAll(async () => {
    await door.close();
    await Promise.all([here.close(), there.close()]);
    await test.drop();
    await rm(gitRoot, { recursive: true, force: true });
  });

  const say = async (roomId: string, text: string): Promise<number> =>
    Number(fieldAt(await here.run(ada, 'chat.send', { room_id: roomId, text }), 'seq'));

  /** Reads on from a position on the other node; gives what came. */
  async function suffix(stream: string, after: number, epoch: string, head: number): Promise<Envelope[]> {
    const client = await Client.member(there.url, ada.token);
    await client.ok('stream.resume', { stream, after, epoch });
    if (head > after) await client.reached(stream, head);
    else await client.next('replay.done');
    expectTiling(client.frames(stream), after + 1, head);
    client.close();
    return client.envelopes(stream);
  }

  /** Clients that joined through the door, each with its connection. */
  async function joined(roomId: string, count: number) {
    const first = door.passages.length;
    const clients = await Promise.all(
      Array.from({ length: count }, async () => {
        const client = Client.open(door.url, { auth: { token: ada.token } });
        await client.next('ready');
        return client;
      }),
    );
    const stream = roomStream(roomId);
    const { epoch, cursor } = Object(await clients[0]?.ok('room.join', { room_id: roomId }));
    await Promise.all(clients.map((client) => client.ok('stream.resume', { stream, after: cursor, epoch })));
    // Which connection is whose does not matter: each is cut somewhere else.
    return { clients, passages: door.passages.slice(first) };
  }

  it('gets the exact suffix, at whatever byte of a frame it was cut', async () => {
    const roomId = await here.aRoom(ada);
    const stream = roomStream(roomId);
    // From here on all numbers have two digits, so that all frames have one length.
    for (let n = 0; n < 10; n += 1) await say(roomId, 'to begin with');
    const probe = await joined(roomId, 1);
    const [passage] = probe.passages;
    const before = passage?.bytes ?? 0;
    const text = 'the same length each time';
    await probe.clients[0]?.reached(stream, await say(roomId, text));
    const length = (passage?.bytes ?? 0) - before;
    probe.clients[0]?.close();
    expect(length).toBeGreaterThan(200);
    for (let offset = 0; offset <= length; offset += BATCH) {
      const { clients, passages } = await joined(roomId, Math.min(BATCH, length - offset + 1));
      const start = await say(roomId, 'everybody has this');
      await Promise.all(clients.map((client) => client.reached(stream, start)));
      passages.forEach((each, index) => each.cutAfter(offset + index));
      const head = await say(roomId, text);
      // Each is cut within this frame, the last one right after it.
      await Promise.all(clients.map((client) => client.next('disconnect')));
      const cursors = clients.map((client) => client.frames(stream).at(-1)?.to ?? 0);
      const epoch = String(clients[0]?.frames(stream)[0]?.epoch);
      expect(new Set(cursors)).toEqual(new Set(offset + BATCH > length ? [start, head] : [start]));
      const events = await Promise.all(
        [...new Set(cursors)].map(
          async (cursor) => [cursor, await suffix(stream, cursor, epoch, head)] as const,
        ),
      );
      for (const [cursor, rest] of events) {
        expect(rest.map((event) => event.seq)).toEqual(cursor === head ? [] : [head]);
      }
      for (const client of clients) client.close();
    }
  });

  it('gives a command whose answer was cut off its first place when asked again on another node', async () => {
    const roomId = await here.aRoom(ada);
    const stream = roomStream(roomId);
    const witness = await Client.member(there.url, ada.token);
    const { cursor } = Object(await witness.ok('room.join', { room_id: roomId }));
    const { clients, passages } = await joined(roomId, 1);
    const command = { room_id: roomId, text: 'said once', command_id: randomUUID() };
    passages[0]?.cutAfter(1);
    void clients[0]?.request('chat.send', command);
    await witness.reached(stream, Number(cursor) + 1);
    await clients[0]?.next('disconnect');
    const again = await witness.ok('chat.send', command);
    expect(fieldAt(again, 'seq')).toBe(Number(cursor) + 1);
    const said = await here.database.query(
      `SELECT 1 FROM stream_events WHERE stream = $1 AND data->>'text' = 'said once'`,
      [stream],
    );
    expect(said).toHaveLength(1);
    witness.close();
  });

  it('reads 10,000 missed events over ten cuts, and joins the live tail without hole or double', async () => {
    const roomId = await here.aRoom(ada);
    const stream = roomStream(roomId);
    const work = here.app.get(UnitOfWork, { strict: false });
    for (let block = 0; block < 10; block += 1) {
      await work.run(async (tx) => {
        await tx.lockRoom(roomId);
        for (let n = 0; n < MISSED / 10; n += 1) {
          const data = {
            message_id: newId(),
            text: `${block} ${n}`,
            mentions: [],
            reply_to: null,
            origin: 'member',
          } as const;
          tx.appendToRoom(roomId, {
            type: 'chat.message',
            actor: { kind: 'human', id: ada.caller.id, name: 'ada' },
            data,
          });
        }
      });
    }
    const heap = process.memoryUsage().heapUsed;
    const seen: number[] = [];
    for (let cut = 0; cut <= CUTS; cut += 1) {
      const first = door.passages.length;
      const client = Client.open(door.url, { auth: { token: ada.token } });
      await client.next('ready');
      const after = seen.at(-1) ?? 0;
      if (cut < CUTS) door.passages[first]?.cutAfter(250_000 + cut * 20_011);
      const joining = client.request('room.join', { room_id: roomId, after });
      if (cut < CUTS) await client.next('disconnect');
      else {
        await joining;
        const last = await Promise.all(Array.from({ length: 20 }, (_, n) => say(roomId, `live ${n}`)));
        await client.reached(stream, Math.max(...last));
      }
      const events = client.envelopes(stream).map((event) => event.seq);
      expectTiling(client.frames(stream), after + 1, events.at(-1) ?? after);
      seen.push(...events);
      client.close();
    }
    expect(seen.length).toBeGreaterThanOrEqual(MISSED + 20);
    expect(seen).toEqual(seen.map((_, index) => index + 1));
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(HEAP_LIMIT);
  });
});
