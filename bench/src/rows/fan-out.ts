import { Child } from '../child.js';
import { compare, type Row } from '../row.js';
import { spectators, stock, Watchers } from '../watchers.js';

const SIZES = (process.env['BENCH_SOCKETS'] ?? '1000,4000').split(',').map(Number);
const EVENTS = 20;
/** Longer than the window in which spectators' frames are joined: every event is a frame. */
const EVERY_MS = 120;
const ROUNDS = 3;

interface Ready {
  readonly url: string;
  readonly roomId?: string;
}

/** Processor time per delivered message: a gateway fed with news, bare `ws`, and stock Socket.IO. */
export async function fanOut(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of SIZES) rows.push(...(await ofSize(size)));
  return rows;
}

async function ofSize(size: number): Promise<readonly Row[]> {
  const servers = await Promise.all(['ours', 'bare-ws', 'stock'].map((name) => Audience.start(name, size)));
  const figures: number[][] = servers.map(() => []);
  try {
    for (const audience of servers) await audience.measure();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, audience] of servers.entries()) figures[index]?.push(await audience.measure());
    }
  } finally {
    for (const audience of servers) await audience.stop();
  }
  const [ours = [], bare = [], peer = []] = figures;
  const common = { unit: 'µs CPU per message', ours, better: 'lower' } as const;
  const name = `fan-out to ${size.toLocaleString('en')} spectators, unbatched`;
  return [
    compare({ ...common, name: `${name}; bare ws, prebuilt`, peer: bare, goal: 1.2 }),
    compare({ ...common, name: `${name}; stock io.to(room).emit`, peer, goal: 1 / 1.5 }),
  ];
}

/** A server in a process of its own with its spectators here. */
class Audience {
  private constructor(
    private readonly name: string,
    private readonly size: number,
    private readonly child: Child<Ready>,
    private readonly watchers: Watchers,
  ) {}

  static async start(name: string, size: number): Promise<Audience> {
    const child = await Child.start<Ready>(name);
    const watchers = new Watchers();
    const steps = { ours: spectators(child.ready.roomId), 'bare-ws': null, stock }[name] ?? null;
    await watchers.connect(child.ready.url, size, () => steps);
    return new Audience(name, size, child, watchers);
  }

  /** Processor time of the server per message that was heard. */
  async measure(): Promise<number> {
    this.watchers.heard = 0;
    const { cpu } = await this.child.ask<{ cpu: number }>({ count: EVENTS, everyMs: this.pace });
    const expected = this.size * EVENTS;
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (this.watchers.heard < expected * 0.99) {
      throw new Error(`${this.name}: heard ${String(this.watchers.heard)} of ${String(expected)}`);
    }
    return cpu / this.watchers.heard;
  }

  async stop(): Promise<void> {
    this.watchers.close();
    await this.child.stop();
  }

  /** A server that is still writing the last event would join the next ones to a frame. */
  private get pace(): number {
    return Math.max(EVERY_MS, this.size / 15);
  }
}
