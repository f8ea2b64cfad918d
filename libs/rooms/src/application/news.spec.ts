import type { RoomContext } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import type { Room } from '../domain/room.js';
import { type AgentKit, agentKit } from '../testing/agent-kit.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';

let rooms: RoomsApp;
let kit: AgentKit;
let ada: Caller;
let room: Room;
let agent: Caller;
beforeAll(async () => {
  rooms = await createRoomsApp();
  ada = await rooms.aUser('ada');
  kit = agentKit(rooms, ada, await rooms.aUser('bob'));
});
afterAll(() => rooms.close());
beforeEach(async () => {
  room = await kit.make();
  agent = await kit.anAgent();
  await kit.join(agent, room);
});

const decide = (text: string) => rooms.run('decision.add', ada, { room_id: room.id, text });
const context = (caller: Caller, input: object = {}) =>
  rooms.ask<RoomContext>('rooms.context', caller, { room_id: room.id, ...input });
const texts = ({ since_you_left: since }: RoomContext) => since?.news.map(({ text }) => text);

it('tells an agent that comes back what happened since it left, from the log', async () => {
  await decide('Before.');
  expect((await context(agent)).since_you_left).toBeNull();
  await rooms.run('room.leave', agent, { room_id: room.id });
  await decide('Meanwhile.');
  await kit.join(agent, room);
  const { since_you_left: since } = await context(agent);
  const left = (await rooms.events(room.id)).find(({ type }) => type === 'agent.left');
  expect(since?.after).toBe(left?.seq);
  const said = since?.news.map(({ by, text }) => `${by}: ${text}`);
  expect(said).toContain(`${ada.name}: Decided: Meanwhile.`);
  expect(said?.join()).not.toContain('Before');
});

it('goes by the position that the caller names, a person too', async () => {
  await decide('One.');
  const { cursor } = await context(ada);
  await decide('Two.');
  expect(texts(await context(ada, { after: cursor }))).toEqual(['Decided: Two.']);
  expect(texts(await context(ada, { after: cursor + 1_000 }))).toEqual([]);
  expect((await context(ada)).since_you_left).toBeNull();
});

it('looks at the newest only where there is much, and says so', async () => {
  const { cursor } = await context(ada);
  await rooms.work.run(async (tx) => {
    await tx.lockRoom(room.id);
    for (let n = 0; n < 1_200; n += 1)
      tx.appendToRoom(room.id, {
        type: 'room.decision',
        actor: { kind: 'human', id: ada.id, name: ada.name },
        data: { decision_id: String(n), text: `Number ${String(n)}` },
      });
  });
  const found = await context(ada, { after: cursor, budget: 65_536 });
  expect(texts(found)?.at(-1)).toBe('Decided: Number 1199');
  expect(found.left_out).toMatchObject({ earlier_events: 200, news: expect.any(Number) });
  expect(Buffer.byteLength(JSON.stringify(found))).toBeLessThanOrEqual(65_536);
});
