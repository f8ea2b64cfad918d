import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Ready } from '@clawtank/contracts';
import { io } from 'socket.io-client';
import { FaultProxy } from '../src/fault-proxy.js';
import { ask, insist, type Session } from '../src/session.js';
import { Figures } from './figures.js';
import { Member } from './member.js';
import { Stage } from './stage.js';

const LIMIT_MS = 120_000;
/** Less than the limit of a test, so that what never comes about ends with its name. */
const PATIENCE_MS = 60_000;
const HOOK_SECRET = 'a secret of the hooks';
/** A held answer is given up soon, and the command with it. */
const ANSWER_LIMIT_MS = '4000';

let stage: Stage;
let mira: Session;
let room: { id: string; slug: string };
const members: Member[] = [];
const proxies: FaultProxy[] = [];

beforeAll(async () => {
  stage = await Stage.open({
    env: () => ({
      DATABASE_ANSWER_TIMEOUT_MS: ANSWER_LIMIT_MS,
      GITHUB_WEBHOOK_SECRET: HOOK_SECRET,
    }),
  });
  mira = await stage.person('mira');
  const body = { name: 'Measured', visibility: 'public' };
  room = (await post<{ room: typeof room }>('/rooms', body)).room;
  // Nothing but what the tests do happens in it any more.
  await until(async () => {
    const { room: now } = await insist<{ room: { state: string } }>(
      `${stage.cluster.url}/api/v1/rooms/${room.id}`,
      {
        token: await mira.access(),
      },
    );
    return now.state === 'waiting_for_members';
  });
  await becomes('gateway-1', 'clawtank_queue_depth{queue="consumers"}', (value) => value === 0);
}, LIMIT_MS);
afterEach(async () => {
  for (const member of members.splice(0)) member.close();
  for (const proxy of proxies.splice(0)) await proxy.close();
});
afterAll(() => stage.close());

const post = async <T>(path: string, body: object): Promise<T> =>
  insist<T>(`${stage.cluster.url}/api/v1${path}`, { token: await mira.access(), body });

const figures = (node: string): Promise<Figures> => Figures.of(stage.urlOf(node));

/** Resolves when the figure of that node is as wanted. */
const becomes = (node: string, figure: string, fits: (value: number) => boolean): Promise<void> =>
  until(async () => fits((await figures(node)).get(figure)));

async function until(holds: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error('it did not come about');
    await delay(50);
  }
}

async function member(node: string, token?: string): Promise<Member> {
  const joined = await Member.at(
    node.includes('://') ? node : stage.urlOf(node),
    token ?? (await mira.access()),
  );
  members.push(joined);
  return joined;
}

async function anAgentToken(): Promise<string> {
  const { agent } = await post<{ agent: { id: string } }>('/agents', {
    name: `bot-${randomUUID().slice(0, 8)}`,
  });
  const { token } = await post<{ token: string }>(`/agents/${agent.id}/tokens`, {});
  return (await post<{ access_token: string }>('/auth/agent-token', { token })).access_token;
}

async function aSpectator(node: string): Promise<{ close(): void }> {
  const socket = io(`${stage.urlOf(node)}/spectate`, { transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', () =>
      socket.emit('spectate.join', { room: room.slug }, ({ ok }: { ok: boolean }) =>
        ok ? resolve() : reject(new Error('not let in')),
      ),
    );
    socket.on('connect_error', reject);
  });
  return { close: () => void socket.disconnect() };
}

const say = (from: Member, text: string = randomUUID()) => from.ok('chat.send', { room_id: room.id, text });

describe('the figures of a gateway', () => {
  it(
    'count open sockets by kind',
    async () => {
      const kinds = ['human', 'agent', 'spectator'] as const;
      const now = async (): Promise<number[]> => {
        const read = await figures('gateway-1');
        return kinds.map((kind) => read.get(`clawtank_sockets{kind="${kind}"}`));
      };
      expect(await now()).toEqual([0, 0, 0]);
      await member('gateway-1');
      await member('gateway-1', await anAgentToken());
      const spectator = await aSpectator('gateway-1');
      expect(await now()).toEqual([1, 1, 1]);
      for (const open of members.splice(0)) open.close();
      spectator.close();
      await until(async () => (await now()).every((count) => count === 0));
    },
    LIMIT_MS,
  );

  it(
    'measure the way from commit to readers, on every node and for each audience',
    async () => {
      const counts = (node: string) => async (): Promise<number[]> => {
        const read = await figures(node);
        return ['member', 'spectator'].map((audience) =>
          read.get(`clawtank_delivery_seconds_count{audience="${audience}"}`),
        );
      };
      const [here, there] = [counts('gateway-1'), counts('gateway-2')];
      const writer = await member('gateway-1');
      const reader = await member('gateway-2');
      await Promise.all([writer, reader].map((one) => one.ok('room.join', { room_id: room.id })));
      const spectator = await aSpectator('gateway-2');
      const before = [await here(), await there()];
      await say(writer, 'measured');
      await reader.sees(({ data }) => JSON.stringify(data).includes('measured'));
      await until(async () => (await there())[1] !== before[1]?.[1]);
      expect([await here(), await there()]).toEqual([
        [Number(before[0]?.[0]) + 1, before[0]?.[1]],
        [Number(before[1]?.[0]) + 1, Number(before[1]?.[1]) + 1],
      ]);
      const slow = (await figures('gateway-2')).get('clawtank_delivery_seconds_sum{audience="member"}');
      expect(slow).toBeGreaterThan(0);

      // What is read again is old, not slow.
      const late = await member('gateway-2');
      const measured = await there();
      await late.ok('room.join', { room_id: room.id, after: 0 });
      await late.hears('replay.done');
      expect(await there()).toEqual(measured);
      spectator.close();
    },
    LIMIT_MS,
  );

  it(
    'show commands that wait for the database, until they are answered',
    async () => {
      const waiting = 'clawtank_commands_waiting{door="socket"}';
      const writer = await member('gateway-1');
      const text = `held ${randomUUID()}`;
      const held = stage.gate.holdAfter(text, async () => {
        const found = await stage.rows(`SELECT 1 FROM stream_events WHERE data->>'text' = $1`, [text]);
        return found.length > 0;
      });
      const answered = writer.request('chat.send', { room_id: room.id, text, command_id: randomUUID() });
      await held;
      expect((await figures('gateway-1')).get(waiting)).toBe(1);
      await answered;
      expect((await figures('gateway-1')).get(waiting)).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    'show bytes that a reader does not take',
    async () => {
      const bytes = 'clawtank_outbound_bytes{audience="member"}';
      const proxy = await FaultProxy.before(stage.urlOf('gateway-1'));
      proxies.push(proxy);
      const slow = await member(proxy.urlFor(stage.urlOf('gateway-1')));
      for (let n = 0; n < 50; n += 1) await say(slow, `${n} ${'long words '.repeat(700)}`);
      expect((await figures('gateway-1')).get(bytes)).toBe(0);
      proxy.oneWay('down');
      await until(async () => {
        slow.socket.emit('events.replay', { stream: `room:${room.id}`, after: 0 }, () => undefined);
        return (await figures('gateway-1')).get(bytes) > 0;
      });
      proxy.heal();
      await becomes('gateway-1', bytes, (value) => value === 0);
    },
    LIMIT_MS,
  );

  it(
    'count readers who are told to begin anew, by reason, at both doors',
    async () => {
      const reader = await member('gateway-1');
      const { body } = (await reader.hears('ready')) as { body: Ready };
      const beyond = { stream: body.stream?.stream, epoch: body.stream?.epoch, after: 1_000_000 };
      await reader.ok('stream.resume', beyond);
      await reader.hears('resync');
      expect((await figures('gateway-1')).get('clawtank_resyncs_total{reason="future"}')).toBe(1);
      const page = await reader.request('events.replay', { stream: `room:${room.id}`, after: 1_000_000 });
      expect(page).toMatchObject({ ok: false, error: { reason: 'stream.resync' } });
      expect((await figures('gateway-1')).get('clawtank_resyncs_total{reason="future"}')).toBe(2);
      const url = `${stage.urlOf('api-1')}/api/v1/rooms/${room.id}/events?after=1000000`;
      expect((await ask(url, { token: await mira.access() })).status).toBe(409);
      expect((await figures('api-1')).get('clawtank_resyncs_total{reason="future"}')).toBe(1);
    },
    LIMIT_MS,
  );

  it(
    'count gaps that the head check heals while Redis is away',
    async () => {
      const healed = 'clawtank_gaps_healed_total';
      const [writer, reader] = [await member('gateway-1'), await member('gateway-2')];
      await reader.ok('room.join', { room_id: room.id });
      const before = (await figures('gateway-2')).get(healed);
      await stage.redis.kill();
      await say(writer, 'unheard');
      await reader.sees(({ data }) => JSON.stringify(data).includes('unheard'));
      expect((await figures('gateway-2')).get(healed)).toBeGreaterThan(before);
      await stage.redis.start();
    },
    LIMIT_MS,
  );
});

describe('the depths of the queues in the database', () => {
  it(
    'rise on every node while nobody works on them, and fall',
    async () => {
      const body = JSON.stringify({ zen: 'Speak like a human.' });
      const signature = createHmac('sha256', HOOK_SECRET).update(body).digest('hex');
      const depths = async (node: string): Promise<Record<string, number>> => {
        const read = await figures(node);
        const names = ['consumers', 'webhooks', 'jobs'];
        return Object.fromEntries(
          names.map((name) => [name, read.get(`clawtank_queue_depth{queue="${name}"}`)]),
        );
      };
      const writer = await member('gateway-1');
      await becomes('gateway-1', 'clawtank_queue_depth{queue="consumers"}', (value) => value === 0);
      const apis = ['api-1', 'api-2'].map((name) => stage.node(name));
      await Promise.all(apis.map((node) => node.stop()));
      const before = await depths('gateway-1');

      await say(writer);
      await stage.rows(`INSERT INTO jobs.job (name) VALUES ('git.sweep')`);
      const delivered = await fetch(`${stage.urlOf('webhook-receiver-1')}/webhooks/github`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-github-event': 'ping',
          'x-github-delivery': randomUUID(),
          'x-hub-signature-256': `sha256=${signature}`,
        },
      });
      expect(delivered.status).toBe(202);
      const after = {
        consumers: Number(before['consumers']) + 1,
        webhooks: Number(before['webhooks']) + 1,
        jobs: Number(before['jobs']) + 1,
      };
      for (const node of ['gateway-1', 'gateway-2', 'webhook-receiver-1']) {
        expect({ node, ...(await depths(node)) }).toEqual({ node, ...after });
      }
      await Promise.all(apis.map((node) => node.start()));
      await becomes('api-1', 'clawtank_queue_depth{queue="consumers"}', (value) => value === 0);
      await becomes('api-1', 'clawtank_queue_depth{queue="jobs"}', (value) => value < after.jobs);
    },
    LIMIT_MS,
  );
});

describe('the labels', () => {
  it(
    'are words of ours, whatever clients call things',
    async () => {
      const made = `made-up-${randomUUID()}`;
      const client = await member('gateway-1');
      await client.request(made, { room_id: room.id });
      await ask(`${stage.urlOf('api-1')}/api/v1/${made}`, { token: await mira.access() });
      const secrets = [room.id, room.slug, mira.userId, 'mira', HOOK_SECRET, made, await mira.access()];
      for (const { name } of stage.cluster.nodes) {
        const read = await figures(name);
        expect(read.names.length).toBeGreaterThanOrEqual(3);
        expect(read.labels.filter((label) => !/^[\w.+]+$/.test(label))).toEqual([]);
        expect(secrets.filter((secret) => read.text.includes(secret))).toEqual([]);
        expect(read.text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
      }
      expect(
        (await figures('gateway-1')).get(
          'clawtank_commands_total{name="unknown",door="socket",outcome="NOT_FOUND"}',
        ),
      ).toBe(1);
    },
    LIMIT_MS,
  );
});
