/** Where Redis is, as `REDIS_URL` and `REDIS_CLUSTER` say it. */
export interface RedisAddress {
  readonly url: string;
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly isCluster: boolean;
  /** What every node is told. */
  readonly options: {
    readonly username?: string;
    readonly password?: string;
    readonly tls?: object;
  };
}

const DEFAULT_PORT = 6379;

/**
 * Reads `redis://user:password@host:port,host:port`. Several hosts are nodes of one Redis Cluster; of a cluster that
 * is named by a single one, `isCluster` has to say so.
 */
export function redisAddress(url: string, isCluster = false): RedisAddress {
  const [, scheme = '', login, hosts = ''] = /^(rediss?):\/\/(?:([^@]*)@)?([^/?]*)/.exec(url) ?? [];
  const nodes = hosts.split(',').map((host) => {
    const { hostname, port } = new URL(`redis://${host}`);
    // The brackets of an IPv6 address belong to the URL alone.
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || DEFAULT_PORT) };
  });
  const [username, password] = (login ?? '').split(':').map(decodeURIComponent);
  return {
    url,
    nodes,
    isCluster: isCluster || nodes.length > 1,
    options: {
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
      ...(scheme === 'rediss' ? { tls: {} } : {}),
    },
  };
}
