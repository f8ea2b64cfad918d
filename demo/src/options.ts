import { parseArgs } from 'node:util';

export const HOSTS = ['local', 'github', 'gitlab'] as const;
export const DELIVERIES = ['all', 'lossy', 'none'] as const;

export interface Options {
  readonly json: boolean;
  /** Where the room's repository lives. */
  readonly host: (typeof HOSTS)[number];
  /** What becomes of the code host's webhooks: all come; a third is lost, doubled or late; none comes. */
  readonly deliveries: (typeof DELIVERIES)[number];
  readonly seed: number;
}

const USAGE = `usage: pnpm demo [--host ${HOSTS.join('|')}] [--deliveries ${DELIVERIES.join('|')}] [--seed N] [--json]`;

function oneOf<T extends string>(name: string, allowed: readonly T[], given: string): T {
  const found = allowed.find((value) => value === given);
  if (found === undefined) throw new Error(`--${name} is one of ${allowed.join(', ')}\n${USAGE}`);
  return found;
}

/** @throws Error with the usage for what it does not know */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      host: { type: 'string', default: 'local' },
      deliveries: { type: 'string', default: 'all' },
      seed: { type: 'string', default: '1' },
    },
  });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed is a whole number\n${USAGE}`);
  const host = oneOf('host', HOSTS, values.host);
  const deliveries = oneOf('deliveries', DELIVERIES, values.deliveries);
  if (host === 'local' && deliveries !== 'all')
    throw new Error(`--deliveries ${deliveries} needs a --host that delivers webhooks\n${USAGE}`);
  return { json: values.json, host, deliveries, seed };
}
