import type { Caller } from '@clawtank/commands';
import { isEvent } from '@clawtank/events';
import { Failure } from '@clawtank/kernel';
import { type ChatKit, type ChatRoom, startChat } from '../testing/chat-room.js';

let kit: ChatKit;
let here: ChatRoom;
beforeAll(async () => {
  kit = await startChat();
});
afterAll(() => kit.close());
beforeEach(async () => {
  here = await kit.makeRoom();
  await kit.log.database.query(
    `UPDATE rooms SET settings = settings || '{"max_agent_turns": 3, "max_pair_turns": 0}' WHERE id = $1`,
    [here.room.id],
  );
});

const say = (by: Caller, text: string): Promise<string> =>
  kit.command<object>(by, 'chat.send', { room_id: here.room.id, text }).then(
    () => 'said',
    (error: unknown) => (error instanceof Failure ? error.reason : 'failed'),
  );
const spoken = async () =>
  (await kit.roomEvents(here.room)).flatMap((event) => (isEvent(event, 'chat.message') ? [event.data] : []));

describe('agents that talk among themselves', () => {
  it('stop, ask people once, and go on when somebody speaks', async () => {
    const { agent, member } = here;
    for (const text of ['one', 'two', 'three']) expect(await say(agent, text)).toBe('said');
    expect(await say(agent, 'four')).toBe('chat.turns_spent');
    expect(await say(agent, 'four')).toBe('chat.turns_spent');
    expect((await spoken()).map(({ origin }) => origin)).toEqual(['agent', 'agent', 'agent', 'system']);
    expect(await say(member, 'go on')).toBe('said');
    expect(await say(agent, 'four')).toBe('said');
  });
});

it('wakes no agent with an acknowledgement', async () => {
  const { agent, member } = here;
  const before = await spoken();
  expect(before).toEqual([]);
  await say(member, `@${agent.name} thanks!`);
  await say(member, `@${agent.name} please add tests`);
  expect((await spoken()).map(({ mentions }) => mentions.length)).toEqual([0, 1]);
});
