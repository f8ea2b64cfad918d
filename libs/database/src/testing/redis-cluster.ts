import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NODES = 3;

/** A Redis Cluster of three processes of its own, without replicas. */
export interface RedisCluster {
  /** Names all nodes. */
  readonly url: string;
  /** Which node carries a channel or key. */
  nodeOf(key: string): Promise<number>;
  /** What a node answers to a command. */
  ask(node: number, ...words: string[]): Promise<string>;
  /** Ends a node as a crash would. */
  kill(node: number): Promise<void>;
  /** Starts a killed node again, where it was, and waits until the cluster is whole. */
  revive(node: number): Promise<void>;
  stop(): Promise<void>;
}

/** @param server path of `redis-server`, beside which `redis-cli` is */
export async function startRedisCluster(server: string): Promise<RedisCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'clawtank-redis-'));
  const ports = await freePorts(2 * NODES);
  const nodes = ports.slice(0, NODES).map((port, index) => ({ port, bus: ports[NODES + index] ?? 0 }));
  const processes = nodes.map((node) => startNode(server, folder, node));
  const cli = async (node: number, ...words: string[]): Promise<string> =>
    (await run(join(dirname(server), 'redis-cli'), ['-p', `${nodes[node]?.port ?? 0}`, ...words])).stdout;

  const every = nodes.map((_node, index) => index);
  const whole = async (): Promise<void> => {
    for (const node of every) {
      await until(async () => /cluster_state:ok[^]*known_nodes:3/.test(await cli(node, 'cluster', 'info')));
    }
  };
  for (const node of every) {
    await until(async () => (await cli(node, 'ping')).startsWith('PONG'));
    await cli(node, 'cluster', 'addslotsrange', ...slotsOf(node).map(String));
    await cli(node, 'cluster', 'set-config-epoch', `${node + 1}`);
  }
  for (const { port, bus } of nodes.slice(1))
    await cli(0, 'cluster', 'meet', '127.0.0.1', `${port}`, `${bus}`);
  await whole();
  return {
    url: `redis://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodeOf: async (key) => {
      const slot = Number(await cli(0, 'cluster', 'keyslot', key));
      return every.findIndex((node) => slot <= slotsOf(node)[1]);
    },
    ask: cli,
    kill: async (node) => end(processes[node]),
    revive: async (node) => {
      const at = nodes[node];
      if (at) processes[node] = startNode(server, folder, at);
      await until(async () => (await cli(node, 'ping')).startsWith('PONG'));
      await whole();
    },
    stop: async () => {
      await Promise.all(processes.map(end));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function slotsOf(node: number): [number, number] {
  const from = (index: number): number => Math.floor((16_384 * index) / NODES);
  return [from(node), from(node + 1) - 1];
}

function startNode(server: string, dir: string, { port, bus }: { port: number; bus: number }): ChildProcess {
  const settings = {
    port,
    bind: '127.0.0.1',
    dir,
    save: '',
    'cluster-enabled': 'yes',
    'cluster-port': bus,
    'cluster-config-file': `nodes-${port}.conf`,
    'cluster-node-timeout': 2_000,
  };
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  return spawn(server, words, { stdio: 'ignore' });
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Below the range that outgoing connections take, so that none of those is in the way when a node comes back. */
async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let port = 20_000 + ((process.pid * 31) % 12_000); ports.length < count; port += 1) {
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50));
}
