import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster, ClusterNode, OwnPostgres, OwnRedis, Random } from '@clawtank/cluster';
import type { FaultProxy } from './fault-proxy.js';

export interface World {
  readonly cluster: Cluster;
  readonly postgres: OwnPostgres;
  readonly redis: OwnRedis;
  /** The networks: of the clients, of the database, of Redis. */
  readonly clients: FaultProxy;
  readonly database: FaultProxy;
  readonly bus: FaultProxy;
}

/** Its launcher gives PostgreSQL up when it dies more often. */
const POSTGRES_DEATHS_PER_MINUTE = 3;
const MINUTE_MS = 60_000;
const START_TRIES = 10;

/** `false`: it was not done, because something else is broken already. */
type Fault = readonly [name: string, weight: number, run: () => Promise<void | boolean>];

/** Does harm, one thing after the other, and mends each before the next of its kind. */
export class Nemesis {
  readonly done: Record<string, number> = {};
  private readonly processes: Random;
  private readonly networks: Random;
  private readonly stopping = new AbortController();
  private readonly postgresDeaths: number[] = [];
  private readonly restarts = new Set<Promise<void>>();
  private ended: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly world: World,
    random: Random,
    private readonly tell: (line: string) => void,
    private readonly only: string = '',
  ) {
    this.processes = random.fork();
    this.networks = random.fork();
  }

  start(): void {
    this.ended = Promise.all([
      this.rage(this.processes, this.chosen(this.processFaults())),
      this.rage(this.networks, this.chosen(this.networkFaults())),
    ]);
  }

  /** Resolves when everything runs again and the networks are good. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
    await Promise.all(this.restarts);
  }

  private chosen(faults: readonly Fault[]): readonly Fault[] {
    return faults.filter(([name]) => name.includes(this.only));
  }

  private async rage(random: Random, faults: readonly Fault[]): Promise<void> {
    while (faults.length > 0 && !this.stopping.signal.aborted) {
      await delay(random.int(500, 2_500));
      const [name, , run] = choose(faults, random);
      this.tell(name);
      if ((await run()) !== false) this.done[name] = (this.done[name] ?? 0) + 1;
    }
  }

  private processFaults(): readonly Fault[] {
    const { cluster, redis } = this.world;
    const kill = (node: ClusterNode): Fault => [
      `kill ${node.name}`,
      node.kind === 'webhook-receiver' ? 1 : 3,
      () => this.killNode(node),
    ];
    return [
      ...cluster.nodes.map(kill),
      ['kill PostgreSQL', 3, () => this.killPostgres()],
      [
        'kill Redis',
        3,
        async () => {
          await redis.kill();
          await delay(this.processes.int(0, 3_000));
          await redis.start();
        },
      ],
    ];
  }

  /** The other one of its kind has to carry on alone until it is back. */
  private async killNode(node: ClusterNode): Promise<boolean> {
    const isAlone = this.world.cluster.nodes.some(({ kind, url }) => kind === node.kind && !url);
    if (isAlone) return false;
    await node.kill();
    const restart = delay(this.processes.int(0, 1_500))
      .then(() => this.restart(node))
      .finally(() => this.restarts.delete(restart));
    this.restarts.add(restart);
    return true;
  }

  /** As a supervisor does it: a node that finds no database ends, and is started again. */
  private async restart(node: ClusterNode): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await node.start();
      } catch (error) {
        if (tries === START_TRIES) throw error;
        this.tell(`${node.name} did not start, again`);
        await delay(500);
      }
    }
  }

  private async killPostgres(): Promise<boolean> {
    const now = Date.now();
    const recent = this.postgresDeaths.filter((at) => now - at < MINUTE_MS);
    if (recent.length >= POSTGRES_DEATHS_PER_MINUTE) return false;
    this.postgresDeaths.push(now);
    const { pid } = this.world.postgres;
    this.world.postgres.kill();
    while (this.world.postgres.pid === pid) await delay(50);
    return true;
  }

  private networkFaults(): readonly Fault[] {
    const { clients, database, bus } = this.world;
    const during = (proxy: FaultProxy, harm: () => void, longest: number) => async (): Promise<void> => {
      harm();
      await delay(this.networks.int(100, longest));
      proxy.heal();
    };
    return [
      ['clients: delay', 2, during(clients, () => clients.delay(this.networks.int(20, 400)), 3_000)],
      ['clients: cut mid-frame', 4, during(clients, () => clients.cutMidFrame(), 300)],
      ['clients: black hole', 2, during(clients, () => clients.blackHole(), 3_000)],
      ['clients: no answers', 2, during(clients, () => clients.oneWay('down'), 3_000)],
      ['clients: no requests', 1, during(clients, () => clients.oneWay('up'), 3_000)],
      ['clients: throttle', 1, during(clients, () => clients.throttle(50_000), 2_000)],
      ['database: cut mid-frame', 3, during(database, () => database.cutMidFrame(), 200)],
      ['database: refused', 2, during(database, () => database.refuse(), 2_000)],
      ['database: no answers', 1, during(database, () => database.oneWay('down'), 2_000)],
      ['bus: no news', 2, during(bus, () => bus.oneWay('down'), 4_000)],
      ['bus: cut mid-frame', 2, during(bus, () => bus.cutMidFrame(), 300)],
      ['bus: refused', 2, during(bus, () => bus.refuse(), 4_000)],
    ];
  }
}

function choose(faults: readonly Fault[], random: Random): Fault {
  const total = faults.reduce((sum, [, weight]) => sum + weight, 0);
  let at = random.next() * total;
  for (const fault of faults) {
    at -= fault[1];
    if (at < 0) return fault;
  }
  const last = faults.at(-1);
  if (!last) throw new Error('no faults to choose from');
  return last;
}
