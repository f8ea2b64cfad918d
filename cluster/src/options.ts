import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface ClusterCommand {
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** Kept between runs; a temporary folder when left out. */
  readonly dataDir: string | undefined;
  readonly port: number;
  readonly nodesOfAKind: number;
}

export class UsageError extends Error {}

export const USAGE = `Usage: pnpm cluster [--database-url URL] [--redis-url URL] [--data DIR] [--port N] [--nodes N]

  --database-url URL  PostgreSQL to use (default: one of its own)
  --redis-url URL     Redis to use (default: one of its own, from the redis-server of this machine)
  --data DIR          folder that keeps database and repositories (default: a temporary one)
  --port N            port of the proxy (default: any free one)
  --nodes N           processes of each kind (default: 2)`;

function whole(text: string | undefined, name: string, fallback: number, highest: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > highest) throw new UsageError(`--${name} must be 0 to ${highest}`);
  return value;
}

/** @throws UsageError with a sentence for whoever typed it */
export function readCommand(argv: readonly string[]): ClusterCommand {
  const text = { type: 'string' } as const;
  const options = { 'database-url': text, 'redis-url': text, data: text, port: text, nodes: text };
  const parse = () => {
    try {
      return parseArgs({ args: [...argv], options, strict: true }).values;
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  };
  const values = parse();
  return {
    databaseUrl: values['database-url'],
    redisUrl: values['redis-url'],
    dataDir: values.data === undefined ? undefined : resolve(values.data),
    port: whole(values.port, 'port', 0, 65_535),
    nodesOfAKind: Math.max(1, whole(values.nodes, 'nodes', 2, 16)),
  };
}
