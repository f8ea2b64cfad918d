import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { Child } from '../child.js';
import { aText } from '../event.js';
import { compare, median, type Row } from '../row.js';

const IN_FLIGHT = 16;
const SECONDS = 1.5;
const ROUNDS = 3;

interface Ready {
  readonly url: string;
  readonly roomId?: string;
  readonly tokens?: readonly string[];
  readonly databaseUrl?: string;
}

/** Messages into one hot room by its 16 members, each waiting for its ack; and how long one takes to be heard. */
export async function durable(): Promise<readonly Row[]> {
  const names = ['ours', 'stock', 'save'];
  const servers = await Promise.all(names.map(async (name) => [name, await Crowd.start(name)] as const));
  try {
    const rates = new Map<string, number[]>(names.map((name) => [name, []]));
    const waits = new Map<string, number[]>(names.map((name) => [name, []]));
    const inserts: number[] = [];
    for (const [, crowd] of servers) await crowd.rate(0.5);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, crowd] of servers) {
        rates.get(name)?.push(await crowd.rate(SECONDS));
        waits.get(name)?.push(await crowd.delivery());
      }
      inserts.push(await pgbench(servers[2]?.[1].databaseUrl));
    }
    return rowsOf(rates, waits, inserts);
  } finally {
    for (const [, crowd] of servers) await crowd.stop();
  }
}

function rowsOf(
  rates: ReadonlyMap<string, readonly number[]>,
  waits: ReadonlyMap<string, readonly number[]>,
  inserts: readonly number[],
): readonly Row[] {
  const of = (map: ReadonlyMap<string, readonly number[]>, name: string): readonly number[] =>
    map.get(name) ?? [];
  const rate = { unit: 'commands/s', better: 'higher', ours: of(rates, 'ours') } as const;
  return [
    compare({
      ...rate,
      name: 'durable commands, stock broadcast and ack',
      peer: of(rates, 'stock'),
      goal: 0.5,
    }),
    compare({ ...rate, name: 'durable commands, the same through save()', peer: of(rates, 'save'), goal: 5 }),
    // No goal but a measure: how much of what the disk flushes is reached.
    compare({ ...rate, name: 'durable commands, pgbench insert', peer: inserts, goal: 0 }),
    compare({
      name: 'send to delivery, p50 unloaded',
      unit: 'ms',
      better: 'lower',
      ours: of(waits, 'ours'),
      peer: of(waits, 'stock'),
      goal: 2,
    }),
  ];
}

class Crowd {
  private constructor(
    private readonly child: Child<Ready>,
    private readonly sockets: readonly Socket[],
  ) {}

  static async start(server: string): Promise<Crowd> {
    const child = await Child.start<Ready>(server);
    const { url, tokens, roomId } = child.ready;
    const sockets = await Promise.all(
      Array.from({ length: IN_FLIGHT }, async (_, index) => {
        const socket = io(url, {
          transports: ['websocket'],
          forceNew: true,
          auth: { token: tokens?.[index] ?? '' },
        });
        await new Promise<void>((resolve) => socket.on(tokens ? 'ready' : 'connect', () => resolve()));
        if (roomId) await socket.emitWithAck('room.join', { room_id: roomId });
        return socket;
      }),
    );
    return new Crowd(child, sockets);
  }

  get databaseUrl(): string | undefined {
    return this.child.ready.databaseUrl;
  }

  /** Acks per second. */
  async rate(seconds: number): Promise<number> {
    const begun = performance.now();
    const until = begun + seconds * 1_000;
    const counts = await Promise.all(
      this.sockets.map(async (socket) => {
        let acked = 0;
        for (; performance.now() < until; acked += 1) await this.send(socket);
        return acked;
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - begun) / 1_000);
  }

  /** Half of the messages were heard by another member within this many milliseconds. */
  async delivery(): Promise<number> {
    const [sender, listener] = this.sockets;
    if (!sender || !listener) throw new Error('nobody is there');
    const waits: number[] = [];
    for (let index = 0; index < 30; index += 1) {
      const heard = new Promise<void>((resolve) => listener.once('events', () => resolve()));
      const begun = performance.now();
      const acked = this.send(sender);
      await heard;
      waits.push(performance.now() - begun);
      await acked;
      // Behind the window in which frames are joined, as in a room where little happens.
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return median(waits);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.disconnect();
    await this.child.stop();
  }

  private async send(socket: Socket): Promise<void> {
    const input = {
      room_id: this.child.ready.roomId ?? 'bench',
      text: aText(),
      command_id: crypto.randomUUID(),
    };
    const reply = (await socket.emitWithAck('chat.send', input)) as { ok: boolean };
    if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply)}`);
  }
}

/** Single inserts per second of PostgreSQL's own load, over as many connections; NaN where it is not installed. */
async function pgbench(url: string | undefined): Promise<number> {
  if (!url) return Number.NaN;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS inserted (id bigserial PRIMARY KEY, text text)');
  await client.end();
  const folder = await mkdtemp(join(tmpdir(), 'clawtank-bench-'));
  const script = join(folder, 'insert.sql');
  await writeFile(script, `INSERT INTO inserted (text) VALUES ('${aText().replaceAll("'", '')}');\n`);
  try {
    const given = ['-n', '-c', String(IN_FLIGHT), '-j', '1', '-T', '2', '-f', script, url];
    const { stdout } = await promisify(execFile)('pgbench', given);
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  } catch {
    return Number.NaN;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
