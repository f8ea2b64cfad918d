import { RedisBus } from '@clawtank/events/testing';
import { Child } from '../child.js';
import { anEvent } from '../event.js';
import { compare, type Row } from '../row.js';
import { member, spectators, type Steps, stock, Watchers } from '../watchers.js';

const SOCKETS = 999;
const ROUNDS = 3;
const REDIS_URL = process.env['CLAWTANK_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';

interface Ready {
  readonly url: string;
  readonly roomId?: string;
  readonly head?: number;
  readonly epoch?: string;
  readonly tokens?: readonly string[];
}

interface Load {
  readonly count: number;
  readonly everyMs: number;
  readonly batch?: number;
}

const UNBATCHED: Load = { count: 20, everyMs: 120 };
/** So many events in each window of 100 ms. */
const busy = (each: number): Load => ({ count: 20 * each, everyMs: 100 / each });

/** One server process and the sockets that hear it. */
class Scene {
  private constructor(
    readonly child: Child<Ready>,
    readonly watchers: Watchers,
  ) {}

  static async start(
    server: string,
    steps: (ready: Ready, index: number) => Steps,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Scene> {
    const child = await Child.start<Ready>(server, env);
    const watchers = new Watchers();
    await watchers.connect(child.ready.url, SOCKETS, (index) => steps(child.ready, index));
    return new Scene(child, watchers);
  }

  /** Processor time per event and socket, of what the server sends by itself or is fed from outside. */
  async cost(load: Load, feed?: (load: Load) => Promise<void>): Promise<number> {
    this.watchers.heard = 0;
    const before = await this.child.ask<{ cpu: number }>({ cpu: true });
    if (feed) await feed(load);
    else await this.child.ask({ ...load });
    await until(() => this.watchers.heard >= load.count * SOCKETS * 0.99);
    const after = await this.child.ask<{ cpu: number }>({ cpu: true });
    return (after.cpu - before.cpu) / this.watchers.heard;
  }

  async stop(): Promise<void> {
    this.watchers.close();
    await this.child.stop();
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('not everything was heard');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Runs each in turn, once to warm up. */
async function inTurn(costs: readonly (() => Promise<number>)[]): Promise<readonly (readonly number[])[]> {
  for (const cost of costs) await cost();
  const figures: number[][] = costs.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, cost] of costs.entries()) figures[index]?.push(await cost());
  }
  return figures;
}

const watching = ({ roomId }: Ready): Steps => spectators(roomId);
const belonging = ({ roomId, tokens }: Ready, index: number): Steps =>
  member(roomId, tokens?.[index % tokens.length]);

/** Many events in each window, per event and socket. */
export async function batching(): Promise<readonly Row[]> {
  const ours = await Scene.start('ours', watching);
  const peer = await Scene.start('stock', () => stock);
  try {
    const rows: Row[] = [];
    for (const each of [5, 10]) {
      const load = busy(each);
      const [own = [], unbatched = [], byHand = []] = await inTurn([
        () => ours.cost(load),
        () => peer.cost(UNBATCHED),
        () => peer.cost({ ...load, batch: each }),
      ]);
      const common = { unit: 'µs CPU per event and socket', ours: own, better: 'lower' } as const;
      const name = `${String(each)} events a window of 100 ms`;
      rows.push(
        compare({ ...common, name: `${name}; stock, each by itself`, peer: unbatched, goal: 1 / 6 }),
        compare({ ...common, name: `${name}; stock, batched by hand`, peer: byHand, goal: 1 / 1.6 }),
      );
    }
    return rows;
  } finally {
    await ours.stop();
    await peer.stop();
  }
}

/** Spectators, members, and members who asked for chat alone, a third each; and as many members. */
export async function audiences(): Promise<readonly Row[]> {
  const three = await Scene.start('ours', (ready, index) => {
    if (index % 3 === 0) return watching(ready);
    const token = ready.tokens?.[index % ready.tokens.length];
    return member(ready.roomId, token, index % 3 === 1 ? undefined : ['chat']);
  });
  const one = await Scene.start('ours', belonging);
  try {
    const [ours = [], peer = []] = await inTurn([() => three.cost(UNBATCHED), () => one.cost(UNBATCHED)]);
    const name = 'three audiences; one of as many sockets';
    return [compare({ name, unit: 'µs CPU per message', ours, peer, goal: 1.15, better: 'lower' })];
  } finally {
    await three.stop();
    await one.stop();
  }
}

/** A gateway that hears its news from another process, against one in which they were made. */
export async function redisFed(): Promise<readonly Row[]> {
  const fed = await Scene.start('ours', watching, { BENCH_REDIS_URL: REDIS_URL });
  const local = await Scene.start('ours', watching);
  const bus = new RedisBus(REDIS_URL);
  const { roomId = '', head = 0, epoch = '' } = fed.child.ready;
  const stream = `room:${roomId}`;
  let seq = head;
  const feed = async ({ count, everyMs }: Load): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      seq += 1;
      const news = { stream, epoch, from: seq, to: seq, events: [anEvent(stream, seq)] };
      await bus.publish(`clawtank:${stream}`, JSON.stringify(news));
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  };
  try {
    const [ours = [], peer = []] = await inTurn([
      () => fed.cost(UNBATCHED, feed),
      () => local.cost(UNBATCHED),
    ]);
    const name = 'gateway fed over Redis; fed in its own process';
    return [compare({ name, unit: 'µs CPU per message', ours, peer, goal: 1.1, better: 'lower' })];
  } finally {
    await fed.stop();
    await local.stop();
    await bus.close();
  }
}

/** What one more connection that hears nothing holds. */
export async function memory(): Promise<readonly Row[]> {
  const figures: Record<string, number[]> = { ours: [], stock: [] };
  for (let round = 0; round < 2; round += 1) {
    for (const [server, list] of Object.entries(figures)) list.push(await perSocket(server));
  }
  const { ours = [], stock: peer = [] } = figures;
  const name = 'idle spectator; stock connection';
  return [compare({ name, unit: 'KiB', ours, peer, goal: 1.15, better: 'lower' })];
}

async function perSocket(server: string): Promise<number> {
  const scene = await Scene.start(server, (ready) => (server === 'stock' ? stock : watching(ready)));
  const before = await scene.child.ask<{ bytes: number }>({ memory: true });
  try {
    const { url } = scene.child.ready;
    const steps = server === 'stock' ? stock : watching(scene.child.ready);
    await scene.watchers.connect(url, SOCKETS * 2, () => steps);
    // Signals about who came have been told, and short memories are over.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const after = await scene.child.ask<{ bytes: number }>({ memory: true });
    return (after.bytes - before.bytes) / (SOCKETS * 2) / 1_024;
  } finally {
    await scene.stop();
  }
}
