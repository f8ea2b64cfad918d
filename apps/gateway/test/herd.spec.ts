import { Database } from '@clawtank/database';
import { roomStream, userStream } from '@clawtank/contracts';
import { Client, expectTiling } from './client.js';
import { fieldAt, type Person, startGateway, type TestGateway } from './test-gateway.js';

const PEOPLE = 20;
const SOCKETS_EACH = 15;

let gateway: TestGateway;
let people: Person[];
let host: Person;
let roomId: string;
beforeAll(async () => {
  gateway = await startGateway({
    LIMITS_COMMANDS_BURST: '100000',
    LIMITS_ADDRESS_CONNECTIONS_BURST: '100000',
  });
  host = await gateway.aPerson('host');
  people = [];
  for (let index = 0; index < PEOPLE; index += 1) people.push(await gateway.aPerson(`p${String(index)}`));
  roomId = await gateway.aRoom(host, 'private', people);
  await gateway.settle();
  for (let index = 0; index < 30; index += 1) {
    await gateway.run(host, 'chat.send', { room_id: roomId, text: `number ${String(index)}` });
  }
});
afterAll(() => gateway.close());

/** Statements outside transactions, and transactions, while something is done. */
async function counted(work: () => Promise<unknown>): Promise<number> {
  const [queries, transactions] = [
    jest.spyOn(Database.prototype, 'query'),
    jest.spyOn(Database.prototype, 'transaction'),
  ];
  await work();
  const count = queries.mock.calls.length + transactions.mock.calls.length;
  queries.mockRestore();
  transactions.mockRestore();
  return count;
}

describe('members who come back at once', () => {
  it('are let in, joined, resumed and paged by few questions to the database, each checked for itself', async () => {
    const who = people.flatMap((person) => Array.from({ length: SOCKETS_EACH }, () => person));
    const stranger = await gateway.aPerson('stranger');
    let clients: Client[] = [];
    const connecting = await counted(async () => {
      clients = await Promise.all([...who, stranger].map(({ token }) => Client.member(gateway.url, token)));
    });
    const outsider = clients.pop();
    const joining = await counted(async () => {
      const refusal = outsider?.refusal('room.join', { room_id: roomId });
      const joined = await Promise.all(
        clients.map((client) => client.ok('room.join', { room_id: roomId, after: 5 })),
      );
      expect(await refusal).toMatchObject({ code: 'NOT_FOUND' });
      const head = Number(fieldAt(joined[0], 'cursor'));
      await Promise.all(clients.map((client) => client.reached(roomStream(roomId), head)));
      for (const client of clients) expectTiling(client.frames(roomStream(roomId)), 6, head);
    });
    const resuming = await counted(async () => {
      await Promise.all(
        clients.map(async (client, index) => {
          const person = who[index];
          const stream = userStream(person?.caller.id ?? '');
          const epoch = fieldAt(await client.ok('events.replay', { stream, after: 0 }), 'frame.epoch');
          await client.ok('stream.resume', { stream, after: 0, epoch });
        }),
      );
    });
    const paging = await counted(async () => {
      const pages = await Promise.all(
        clients.map((client) =>
          client.ok('events.replay', { stream: roomStream(roomId), after: 3, limit: 10 }),
        ),
      );
      for (const page of pages) {
        expect(fieldAt(page, 'frame.from')).toBe(4);
        expect(fieldAt(page, 'frame.to')).toBe(13);
        expect(fieldAt(page, 'more')).toBe(true);
      }
    });
    // One by one, each of them makes two transactions and more in every step.
    const many = clients.length;
    expect(connecting).toBeLessThan(many * 3);
    expect(joining).toBeLessThan(many / 5);
    expect(resuming).toBeLessThan(many / 2);
    expect(paging).toBeLessThan(many / 5);
    for (const client of clients) client.close();
    outsider?.close();
  });
});
