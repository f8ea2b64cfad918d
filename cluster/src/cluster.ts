import { mkdir } from 'node:fs/promises';
import { type ClusterNode, LeashedNode, NODE_KINDS } from './node.js';
import { type ReverseProxy, RoundRobinProxy } from './reverse-proxy.js';
import { Targets } from './targets.js';

export interface ClusterOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Repositories of the built-in git host, shared by all nodes. */
  readonly gitRoot: string;
  /** Of each kind; 2 when left out. */
  readonly nodesOfAKind?: number;
  /** Of the proxy; any free one when left out. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Gets every line that any node prints. */
  readonly onLine?: (line: string) => void;
}

export interface Cluster {
  /** Where clients connect. */
  readonly url: string;
  readonly nodes: readonly ClusterNode[];
  /** Requests and connections that each node took, by name. */
  readonly served: Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

function makeNodes(options: ClusterOptions): ClusterNode[] {
  const env = {
    DATABASE_URL: options.databaseUrl,
    REDIS_URL: options.redisUrl,
    GIT_ROOT: options.gitRoot,
    TRUST_PROXY_HOPS: '1',
    ...options.env,
  };
  return NODE_KINDS.flatMap((kind) =>
    Array.from(
      { length: options.nodesOfAKind ?? 2 },
      (_, index) => new LeashedNode(kind, `${kind}-${index + 1}`, env, options.onLine),
    ),
  );
}

/**
 * Starts the product's own processes, several of each kind, on one database and one Redis, behind a proxy that
 * hands every request and every connection to the next of them.
 * @throws when one does not start; those that did are ended
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  await mkdir(options.gitRoot, { recursive: true, mode: 0o700 });
  const nodes = makeNodes(options);
  const targets = new Targets(nodes);
  let proxy: ReverseProxy | undefined;
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()));
    await proxy?.close();
  };
  try {
    proxy = await new RoundRobinProxy(targets).listen(options.port ?? 0);
    await Promise.all(nodes.map((node) => node.start()));
    const { url } = proxy;
    return {
      url,
      nodes,
      get served() {
        return targets.served;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
