import { randomUUID } from 'node:crypto';
import { insist, type Session } from '../src/session.js';
import { Member } from './member.js';
import { Stage } from './stage.js';

const LIMIT_MS = 90_000;
/** Within this time everybody knows of what is in the log, whoever did not live to tell them. */
const KNOWN_WITHIN_MS = 5_000;

let stage: Stage;
let mira: Session;
beforeAll(async () => {
  stage = await Stage.open();
  mira = await stage.person('mira');
}, LIMIT_MS);
afterAll(() => stage.close());

async function aRoom(): Promise<string> {
  const body = { name: 'Between', visibility: 'private' };
  const token = await mira.access();
  const made = await insist<{ room: { id: string } }>(`${stage.cluster.url}/api/v1/rooms`, { token, body });
  return made.room.id;
}

describe('a node that is killed after the commit and before the answer', () => {
  it.each([['gateway-1'], ['gateway-2']])(
    '%s: the others see the event in time, and the retry gets its number',
    async (name) => {
      const roomId = await aRoom();
      const token = await mira.access();
      const other = name === 'gateway-1' ? 'gateway-2' : 'gateway-1';
      const reader = await Member.at(stage.urlOf(other), token);
      await reader.ok('room.join', { room_id: roomId });
      const writer = await Member.at(stage.urlOf(name), token);
      const command = { room_id: roomId, text: `last words ${randomUUID()}`, command_id: randomUUID() };
      const find = () =>
        stage.rows<{ seq: string }>(
          `SELECT seq FROM stream_events WHERE stream = $1 AND data->>'text' = $2`,
          [`room:${roomId}`, command.text],
        );
      const held = stage.gate.holdAfter(command.text, async () => (await find()).length > 0);

      let answered = false;
      void writer.request('chat.send', command).then(() => (answered = true));
      await held;
      const committedAt = Date.now();
      await stage.node(name).kill();
      expect(answered).toBe(false);

      const seen = await reader.sees(({ data }) => JSON.stringify(data).includes(command.text));
      expect(Date.now() - committedAt).toBeLessThan(KNOWN_WITHIN_MS);
      const again = await reader.ok<{ seq: number }>('chat.send', command);
      expect(again.seq).toBe(seen.seq);
      expect(await find()).toEqual([{ seq: `${seen.seq}` }]);
      reader.close();
      writer.close();
      await stage.node(name).start();
    },
    LIMIT_MS,
  );
});
