import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roomStream } from '@clawtank/contracts';
import { createTestDatabase, type TestDatabase } from '@clawtank/database/testing';
import { MIGRATIONS } from '@clawtank/platform';
import { testEnvironment } from '@clawtank/platform/testing';
import { Client, expectTiling } from './client.js';
import { bootGateway, fieldAt, type Person, type TestGateway } from './test-gateway.js';

/** Two gateways that hear nothing of each other: each has a bus of its own, as when Redis is away. */
describe('two gateways on one database, without news of each other', () => {
  let test: TestDatabase;
  let gitRoot: string;
  let here: TestGateway;
  let there: TestGateway;
  let ada: Person;
  let bob: Person;
  const clients: Client[] = [];

  beforeAll(async () => {
    test = await createTestDatabase(MIGRATIONS);
    gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-nodes-'));
    const env = { ...testEnvironment(test, gitRoot), DATABASE_POOL_SIZE: '6' };
    [here, there] = [await bootGateway(env), await bootGateway({ ...env, GIT_ROOT: `${gitRoot}/there` })];
    [ada, bob] = [await here.aPerson('ada'), await here.aPerson('bob')];
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await Promise.all([here.close(), there.close()]);
    await test.drop();
    await rm(gitRoot, { recursive: true, force: true });
  });

  const connect = async (gateway: TestGateway, { token }: Person): Promise<Client> => {
    const client = await Client.member(gateway.url, token);
    clients.push(client);
    return client;
  };

  it('brings everything to the other one’s readers, in order', async () => {
    const roomId = await here.aRoom(ada, 'private', [bob]);
    const reader = await connect(there, bob);
    const { cursor } = Object(await reader.ok('room.join', { room_id: roomId }));
    let last = 0;
    for (const text of ['one', 'two', 'three']) {
      last = Number(fieldAt(await here.run(ada, 'chat.send', { room_id: roomId, text }), 'seq'));
    }
    await reader.reached(roomStream(roomId), last);
    expectTiling(reader.frames(roomStream(roomId)), cursor + 1, last);
  });

  it('takes access away on the other one too', async () => {
    const roomId = await here.aRoom(ada, 'private', [bob]);
    const [kicked, member] = [await connect(there, bob), await connect(there, ada)];
    for (const client of [kicked, member]) await client.ok('room.join', { room_id: roomId });
    await here.run(ada, 'member.remove', { room_id: roomId, user_id: bob.caller.id });
    const said = await here.run(ada, 'chat.send', { room_id: roomId, text: 'without bob' });
    await member.reached(roomStream(roomId), Number(fieldAt(said, 'seq')));
    await kicked.next('resync');
    expect(kicked.frames(roomStream(roomId))).toEqual([]);
  });
});
