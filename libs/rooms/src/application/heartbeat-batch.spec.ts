import type { Caller } from '@clawtank/commands';
import { setImmediate as turn } from 'node:timers/promises';
import { agentKit } from '../testing/agent-kit.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';
import { HeartbeatBatch } from './heartbeat-batch.js';

const AGENTS = 20;
const BEATS = 3;

describe('the heartbeats that reach a process', () => {
  let rooms: RoomsApp;
  let agents: Caller[];
  beforeAll(async () => {
    rooms = await createRoomsApp({ ROOM_HEARTBEAT_WRITE_SECONDS: '1' });
    const ada = await rooms.aUser('ada');
    const kit = agentKit(rooms, ada, await rooms.aUser('bob'));
    const room = await kit.make();
    agents = [];
    while (agents.length < AGENTS) agents.push(await kit.anAgent());
    for (const agent of agents) await kit.join(agent, room);
  });
  afterAll(() => rooms.close());

  const beat = (agent: Caller) => rooms.run('agent.heartbeat', agent, { uptime: 1 });
  /** Transactions that wrote the presences as they are now. */
  const writes = async (): Promise<string[]> => {
    const rows = await rooms.database.query<{ xmin: string }>(
      'SELECT DISTINCT xmin::text FROM agent_presence WHERE agent_id = ANY($1)',
      [agents.map(({ id }) => id)],
    );
    return rows.map(({ xmin }) => xmin);
  };

  it('are written together, and answered when they are', async () => {
    expect((await writes()).length).toBe(AGENTS);
    const [first] = agents;
    if (!first) throw new Error('there is no agent');
    await beat(first);
    const answered: Promise<object>[] = [];
    for (let n = 0; n < BEATS; n += 1) {
      for (const agent of agents) {
        answered.push(beat(agent));
        // They come one after the other, as from many machines, and slowly enough that each could be written by itself.
        await rooms.database.query('SELECT 1');
      }
    }
    const replies = await Promise.all(answered);
    expect(await writes()).toHaveLength(1);
    expect(replies).toHaveLength(AGENTS * BEATS);
  });

  it('are refused together while the database is away, and written when it is back', async () => {
    const [one, two] = agents as [Caller, Caller];
    await rooms.database.query('ALTER TABLE agent_presence RENAME TO presence_away');
    const refusals = await Promise.allSettled([beat(one), beat(two)]);
    await rooms.database.query('ALTER TABLE presence_away RENAME TO agent_presence');
    expect(refusals.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await Promise.all([beat(one), beat(two)]);
  });

  it('are written before the process ends', async () => {
    const [agent] = agents as [Caller];
    await beat(agent);
    const answer = beat(agent);
    await turn();
    await rooms.get(HeartbeatBatch).beforeApplicationShutdown();
    await expect(answer).resolves.toHaveProperty('server_time');
  });
});
