import { Child } from '../child.js';
import { compare, type Row } from '../row.js';
import { Watchers } from '../watchers.js';

const N = Number(process.env['BENCH_SOCKETS'] ?? 1_000);
const EVENTS = 25;
/** Longer than the window in which spectators' frames are joined: every event is a frame. */
const EVERY_MS = 120;
const ROUNDS = 2;

interface Ready {
  readonly url: string;
  readonly roomId?: string;
}

/** Processor time per delivered message: a gateway fed with news, bare `ws`, and stock Socket.IO. */
export async function fanOut(): Promise<readonly Row[]> {
  const figures: Record<string, number[]> = { ours: [], 'bare-ws': [], stock: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [server, list] of Object.entries(figures)) list.push(await once(server));
  }
  const { ours = [], 'bare-ws': bare = [], stock = [] } = figures;
  const common = { unit: 'µs CPU per message', ours } as const;
  return [
    compare({ ...common, name: `fan-out to ${String(N)}, bare ws`, peer: bare, goal: 1.2, better: 'lower' }),
    compare({
      ...common,
      name: `fan-out to ${String(N)}, stock Socket.IO`,
      peer: stock,
      goal: 1 / 1.5,
      better: 'lower',
    }),
  ];
}

async function once(server: string): Promise<number> {
  const child = await Child.start<Ready>(server);
  const watchers = new Watchers();
  try {
    await watchers.connect(child.ready.url, N, stepsOf(server, child.ready.roomId));
    await child.ask({ count: 5, everyMs: EVERY_MS });
    watchers.heard = 0;
    const { cpu } = await child.ask<{ cpu: number }>({ count: EVENTS, everyMs: EVERY_MS });
    const expected = N * EVENTS;
    if (watchers.heard < expected * 0.99)
      throw new Error(`${server}: heard ${String(watchers.heard)} of ${String(expected)}`);
    return cpu / watchers.heard;
  } finally {
    watchers.close();
    await child.stop();
  }
}

function stepsOf(server: string, roomId = ''): readonly string[] | null {
  if (server === 'bare-ws') return null;
  if (server === 'stock') return ['40'];
  return ['40/spectate,', `42/spectate,0["spectate.join",${JSON.stringify({ room: roomId })}]`];
}
