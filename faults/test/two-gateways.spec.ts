import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { WireError } from '@clawtank/contracts';
import { Random } from '@clawtank/cluster';
import { insist, type Session } from '../src/session.js';
import { Member } from './member.js';
import { Stage } from './stage.js';

const LIMIT_MS = 120_000;
const AGENTS = 100;
const GATEWAYS = ['gateway-1', 'gateway-2'];
/** Silent for a second and gone after two, looked at each second. */
const HASTY = {
  ROOM_HEARTBEAT_SECONDS: '0.5',
  ROOM_HEARTBEATS_MISSED: '2',
  ROOM_PRESENCE_GRACE_SECONDS: '1',
  ROOM_SWEEP_SECONDS: '1',
};

interface Agent {
  readonly id: string;
  readonly name: string;
  readonly token: string;
}

interface Task {
  readonly id: string;
  readonly key: string;
}

let stage: Stage;
let mira: Session;
let jonas: Session;
const members: Member[] = [];

async function end(): Promise<void> {
  for (const member of members.splice(0)) member.close();
  await stage.close();
}

const api = (path: string): string => `${stage.cluster.url}/api/v1${path}`;

async function post<T>(session: Session, path: string, body: object = {}): Promise<T> {
  return insist<T>(api(path), { token: await session.access(), body });
}

async function connect(node: string, token: string): Promise<Member> {
  const member = await Member.at(stage.urlOf(node), token);
  members.push(member);
  return member;
}

async function anAgent(owner: Session, name: string): Promise<Agent> {
  const { agent } = await post<{ agent: { id: string } }>(owner, '/agents', { name });
  const { token } = await post<{ token: string }>(owner, `/agents/${agent.id}/tokens`);
  const session = await insist<{ access_token: string }>(api('/auth/agent-token'), { body: { token } });
  return { id: agent.id, name, token: session.access_token };
}

async function aRoom(): Promise<string> {
  const made = await post<{ room: { id: string } }>(mira, '/rooms', { name: 'Race', visibility: 'private' });
  const { id } = made.room;
  await post(mira, `/rooms/${id}/members`, { user_id: jonas.userId, role: 'member' });
  const ready = "SELECT 1 FROM rooms WHERE id = $1 AND state NOT IN ('creating', 'initializing')";
  while ((await stage.rows(ready, [id])).length === 0) await delay(50);
  return id;
}

const tasksIn = async (roomId: string, count: number): Promise<Task[]> => {
  const tasks: Task[] = [];
  for (let n = 0; n < count; n += 1) {
    const body = { title: `Task ${n}` };
    tasks.push((await post<{ task: Task }>(mira, `/rooms/${roomId}/tasks`, body)).task);
  }
  return tasks;
};

const holders = (roomId: string) =>
  stage.rows<{ task_id: string; claimant_id: string }>(
    'SELECT task_id, claimant_id FROM task_claims WHERE room_id = $1 AND ended_at IS NULL',
    [roomId],
  );

/** Present in the room as if each had registered there: a room admits fewer by itself. */
async function present(roomId: string, agents: readonly Agent[]): Promise<void> {
  const ids = agents.map(({ id }) => id);
  await stage.rows(
    `INSERT INTO agent_presence (agent_id, last_seen_at, leave_at)
     SELECT id, now(), now() + interval '10 minutes' FROM unnest($1::uuid[]) id ON CONFLICT DO NOTHING`,
    [ids],
  );
  await stage.rows(
    `INSERT INTO room_agents (room_id, agent_id, model, capabilities, languages, joined_at)
     SELECT $1, id, 'scripted', '{}', '{}', now() FROM unnest($2::uuid[]) id`,
    [roomId, ids],
  );
}

interface Outcome {
  readonly agent: Agent;
  readonly task: Task;
  readonly error: WireError | null;
}

async function claim(member: Member, agent: Agent, task: Task): Promise<Outcome> {
  // What was answered with UNAVAILABLE may have been committed: asked again without its id, the agent would be told
  // that the task is taken, by itself.
  const command_id = randomUUID();
  for (;;) {
    const ack = await member.request('task.claim', { task_id: task.id, command_id });
    // A busy machine may ask to come again; that is no answer to who has it.
    if (ack.ok || ack.error.code !== 'UNAVAILABLE') return { agent, task, error: ack.ok ? null : ack.error };
    await delay(ack.error.retry_after_ms ?? 100);
  }
}

describe('a hundred agents on two gateways', () => {
  let agents: Agent[];
  let racers: readonly (readonly [Member, Agent])[];
  beforeAll(async () => {
    stage = await Stage.open();
    [mira, jonas] = [await stage.person('mira'), await stage.person('jonas')];
    // One person may have fifty.
    const half = async (owner: Session, name: string): Promise<Agent[]> => {
      const made: Agent[] = [];
      while (made.length < AGENTS / 2) made.push(await anAgent(owner, `${name}-${made.length}`));
      return made;
    };
    agents = (await Promise.all([half(mira, 'of-mira'), half(jonas, 'of-jonas')])).flat();
    racers = await Promise.all(
      agents.map(async (agent, n) => [await connect(GATEWAYS[n % 2] ?? '', agent.token), agent] as const),
    );
  }, LIMIT_MS);
  afterAll(end);

  it(
    'race for one task: one winner, and the others are told who it is',
    async () => {
      const roomId = await aRoom();
      await present(roomId, agents);
      const [task] = await tasksIn(roomId, 1);
      if (!task) throw new Error('there is no task');
      const outcomes = await Promise.all(racers.map(([member, agent]) => claim(member, agent, task)));
      const won = outcomes.filter(({ error }) => error === null);
      expect(won).toHaveLength(1);
      const [winner] = won;
      for (const { error } of outcomes.filter((outcome) => outcome.error !== null)) {
        const details = { by_id: winner?.agent.id, by: winner?.agent.name };
        expect(error).toMatchObject({ code: 'CONFLICT', reason: 'task.taken', details });
      }
      expect(await holders(roomId)).toEqual([{ task_id: task.id, claimant_id: winner?.agent.id }]);
    },
    LIMIT_MS,
  );

  it(
    'race for a hundred tasks: each task has one holder, each agent one task',
    async () => {
      const seed = randomInt(1_000_000);
      console.log(`seed ${seed}`);
      const random = new Random(seed);
      const roomId = await aRoom();
      await present(roomId, agents);
      const tasks = await tasksIn(roomId, AGENTS);
      const refused: Outcome[] = [];
      const taken = new Set<string>();
      // Everybody goes through all tasks in an order of its own until it has one, past those it saw being taken.
      await Promise.all(
        racers.map(async ([member, agent]) => {
          const order = tasks.map((task) => [random.next(), task] as const).sort(([a], [b]) => a - b);
          for (const [, task] of order) {
            if (taken.has(task.id)) continue;
            const outcome = await claim(member, agent, task);
            taken.add(task.id);
            if (outcome.error === null) return;
            refused.push(outcome);
          }
        }),
      );
      expect([...new Set(refused.map(({ error }) => error?.reason))]).toEqual(['task.taken']);
      const held = new Map((await holders(roomId)).map((row) => [row.task_id, row.claimant_id]));
      expect(held.size).toBe(AGENTS);
      expect(new Set(held.values())).toEqual(new Set(agents.map(({ id }) => id)));
      expect(refused.length).toBeGreaterThan(0);
      for (const { error, task } of refused) {
        expect(error).toMatchObject({ reason: 'task.taken', details: { by_id: held.get(task.id) } });
      }
    },
    LIMIT_MS,
  );
});

describe('an agent at a gateway that is killed', () => {
  let roomId: string;
  let pincer: Agent;
  let watcher: Member;
  const register = async (member: Member): Promise<void> => {
    await member.ok('agent.register', { room_id: roomId, model: 'scripted', capabilities: [] });
    await member.ok('agent.status', { room_id: roomId, status: 'ready' });
  };
  beforeAll(async () => {
    stage = await Stage.open({ env: () => HASTY });
    [mira, jonas] = [await stage.person('mira'), await stage.person('jonas')];
    roomId = await aRoom();
    pincer = await anAgent(mira, 'pincer');
    watcher = await connect('gateway-2', await mira.access());
    await watcher.ok('room.join', { room_id: roomId });
  }, LIMIT_MS);
  afterAll(end);

  it(
    'gives way to its newer session at the other gateway',
    async () => {
      const older = await connect('gateway-1', pincer.token);
      await register(older);
      const newer = await connect('gateway-2', pincer.token);
      await register(newer);
      expect(await older.hears('bye')).toMatchObject({ body: { code: 'SUPERSEDED', reconnect: false } });
      expect((await newer.ok('agent.heartbeat', { uptime: 1 }))['server_time']).toBeDefined();
      newer.close();
    },
    LIMIT_MS,
  );

  it(
    'expires, and when it comes back still has its task',
    async () => {
      const there = await connect('gateway-1', pincer.token);
      await register(there);
      const [task] = await tasksIn(roomId, 1);
      const { fence } = await there.ok<{ fence: number }>('task.claim', { task_id: task?.id });
      const beating = new AbortController();
      const beat = async (): Promise<void> => {
        while (!beating.signal.aborted) {
          await there.ok('agent.heartbeat', { uptime: 1, current_task: task?.id, fence });
          await delay(300, undefined, { signal: beating.signal });
        }
      };
      // The one that is on its way when the gateway dies is never answered: nobody waits for it.
      void beat().catch(() => undefined);
      // It lives well past the time after which a silent one is gone.
      await delay(4_000);
      const left = (body: unknown): boolean => JSON.stringify(body).includes('"agent.left"');
      const before = watcher.heard.filter(({ event, body }) => event === 'events' && left(body)).length;

      await stage.node('gateway-1').kill();
      beating.abort();
      const gone = await watcher.sees(
        ({ type, data }) => type === 'agent.left' && JSON.stringify(data).includes(pincer.id),
      );
      expect(before).toBe(0);
      expect(gone.data).toMatchObject({ agent_id: pincer.id, reason: 'timeout' });
      expect(await holders(roomId)).toEqual([{ task_id: task?.id, claimant_id: pincer.id }]);

      const back = await connect('gateway-2', pincer.token);
      await register(back);
      await back.ok('task.start', { task_id: task?.id, fence });
      const { lease_expires_at } = await back.ok('agent.heartbeat', {
        uptime: 1,
        current_task: task?.id,
        fence,
      });
      expect(Date.parse(String(lease_expires_at))).toBeGreaterThan(Date.now());
      back.close();
    },
    LIMIT_MS,
  );
});
