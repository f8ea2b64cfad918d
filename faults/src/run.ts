import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { assemble, type Cast, plantedWords } from './cast.js';
import { doubled, gapsIn, lost, silentGaps, type Streams } from './check.js';
import { Ear } from './ear.js';
import { Ledger } from './ledger.js';
import { countRows, readRows, replayRoom } from './log-copy.js';
import { Nemesis } from './nemesis.js';
import type { FaultsCommand } from './options.js';
import { Random } from '@clawtank/cluster';
import { ask } from './session.js';
import { openWorld, type OpenWorld } from './world.js';

/** By then everybody who is behind has been told or has caught up. */
const CATCH_UP_MS = 60_000;

export interface Result {
  readonly seed: number;
  readonly attempted: number;
  readonly acked: number;
  readonly lost: number;
  readonly doubled: number;
  readonly silent_gaps: number;
  readonly resyncs: number;
  readonly leaks: number;
  /** Refusals that no fault explains. */
  readonly surprises: readonly string[];
  /** Readers that were not told everything, and how much they miss. */
  readonly behind: Readonly<Record<string, number>>;
  /** Last words of nodes that ended though nobody had told them to. */
  readonly crashes: readonly string[];
  readonly events: number;
  /** Losses that readers saw at once and healed. */
  readonly holes_healed: number;
  readonly connections: number;
  readonly faults: Readonly<Record<string, number>>;
  /** Requests and connections by node. */
  readonly served: Readonly<Record<string, number>>;
  readonly seconds: number;
}

type Tell = (line: string) => void;

/** Someone who is not GitHub knocks at the webhook receivers, so that they too have something to do. */
async function knock(world: OpenWorld, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    await ask(`${world.frontUrl}/webhooks/github`, { body: { zen: 'forged' } }).catch(() => undefined);
    await delay(200);
  }
}

async function storm(world: OpenWorld, cast: Cast, nemesis: Nemesis, seconds: number): Promise<void> {
  const over = new AbortController();
  const knocking = knock(world, over.signal);
  for (const writer of cast.writers) writer.start();
  nemesis.start();
  await delay(seconds * 1_000);
  await nemesis.stop();
  over.abort();
  await Promise.all([knocking, ...cast.writers.map((writer) => writer.stop())]);
}

async function untilCaughtUp(cast: Cast, head: () => Promise<number>): Promise<number> {
  const limit = Date.now() + CATCH_UP_MS;
  for (;;) {
    const at = await head();
    const isCaughtUp = cast.readers.every(({ reading }) => reading.cursor >= at);
    if (isCaughtUp || Date.now() > limit) return at;
    await delay(200);
  }
}

async function metricsOf(world: OpenWorld): Promise<string[]> {
  const texts = world.cluster.nodes.map(async ({ url }) => (await fetch(`${url ?? ''}/metrics`)).text());
  return Promise.all(texts);
}

async function judge(world: OpenWorld, cast: Cast, ledger: Ledger, ear: Ear) {
  const stream = `room:${cast.roomId}`;
  const { url } = world.cluster;
  const rowsOf = (name: string) => readRows(world.postgres.url, name);
  const head = await untilCaughtUp(cast, () => countRows(world.postgres.url, stream));
  for (const reader of cast.readers) reader.stop();
  const names = [stream, `user:${cast.host.userId}`, `user:${cast.friend.userId}`];
  const streams: Streams = new Map(
    await Promise.all(names.map(async (name) => [name, await rowsOf(name)] as const)),
  );
  const projections = {
    member: await replayRoom(url, cast.roomId, await cast.host.access()),
    spectator: await replayRoom(url, cast.roomId, null),
  };
  const behind = Object.fromEntries(
    cast.readers
      .map(({ reading }): [string, number] => [reading.name, silentGaps(reading, head, projections)])
      .filter(([, gaps]) => gaps > 0),
  );
  for (const text of await metricsOf(world)) ear.hear(text);
  const inLog = [...streams.values()].reduce((sum, rows) => sum + gapsIn(rows), 0);
  const sum = (figure: (reading: Cast['readers'][number]['reading']) => number): number =>
    cast.readers.reduce((total, { reading }) => total + figure(reading), 0);
  return {
    attempted: ledger.attempts.length,
    acked: ledger.attempts.filter(({ acked }) => acked).length,
    lost: lost(ledger.attempts, streams).length,
    doubled: doubled(ledger.attempts, streams).length,
    silent_gaps: inLog + Object.values(behind).reduce((total, gaps) => total + gaps, 0),
    resyncs: sum(({ resyncs }) => resyncs),
    leaks: ear.leaks,
    surprises: cast.writers.flatMap(({ surprises }) => surprises),
    behind,
    crashes: world.cluster.nodes.flatMap(({ crashes }) => crashes),
    events: head,
    holes_healed: sum(({ holes }) => holes),
    connections: sum(({ connections }) => connections),
  };
}

async function keepLogs(world: OpenWorld, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, output } of world.cluster.nodes) {
    await writeFile(join(folder, `${name}.log`), output.join('\n'));
  }
}

/** Breaks a cluster of its own while clients write and read, and says what came of it. */
export async function run({ seed, seconds, only, logs }: FaultsCommand, tell: Tell): Promise<Result> {
  const random = new Random(seed);
  const ledger = new Ledger();
  const begun = Date.now();
  const secrets = plantedWords();
  const ear = new Ear(Object.values(secrets));
  const world = await openWorld(tell, (line) => ear.hear(line));
  try {
    const cast = await assemble(world, ledger, random.fork(), { secrets, ear });
    tell(`two nodes of each kind are ready at ${world.cluster.url}; the storm begins`);
    const nemesis = new Nemesis(world, random.fork(), tell, only);
    await storm(world, cast, nemesis, seconds);
    tell('the storm is over');
    for (const node of world.cluster.nodes.filter(({ url }) => !url)) {
      tell(`${node.name} is gone: ${node.crashes.at(-1) ?? ''}`);
      await node.start();
    }
    const verdict = await judge(world, cast, ledger, ear);
    return {
      seed,
      ...verdict,
      faults: nemesis.done,
      served: world.cluster.served,
      seconds: Math.round((Date.now() - begun) / 1_000),
    };
  } finally {
    if (logs) await keepLogs(world, logs);
    await world.close();
  }
}

/** Whether nothing was lost, doubled, left out or told to strangers, and every node had its part in it. */
export function holds(result: Result): boolean {
  const { acked, surprises, crashes, served } = result;
  const told = surprises.length + crashes.length;
  const bad = result.lost + result.doubled + result.silent_gaps + result.leaks + told;
  return bad === 0 && acked > 0 && Object.values(served).every((count) => count > 0);
}
