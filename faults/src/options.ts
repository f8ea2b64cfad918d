import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export interface FaultsCommand {
  readonly seed: number;
  /** How long the faults last. */
  readonly seconds: number;
  readonly json: boolean;
  /** Only faults whose name holds this; all when empty. */
  readonly only: string;
  /** Folder that gets what each node printed. */
  readonly logs: string | undefined;
}

export class UsageError extends Error {}

export const USAGE = `Usage: pnpm faults [--seed N] [--seconds S] [--json] [--only WORD] [--logs DIR]

Starts two of each process with a PostgreSQL and a Redis of its own, breaks them while clients write and read,
and compares what was acknowledged with what is in the log and with what was read.

  --seed N     chooses the faults (default: a random one, which is printed)
  --seconds S  how long the faults last (default: 30)
  --json       print the result as one line of JSON and nothing else
  --only WORD  only the faults whose name holds WORD, such as gateway, PostgreSQL, clients or bus
  --logs DIR   keep what each node printed`;

function whole(text: string | undefined, name: string, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name} must be a whole number`);
  return Number(text);
}

/** @throws UsageError with a sentence for whoever typed it */
export function readCommand(argv: readonly string[]): FaultsCommand {
  const options = {
    seed: { type: 'string' },
    seconds: { type: 'string' },
    json: { type: 'boolean' },
    only: { type: 'string' },
    logs: { type: 'string' },
  } as const;
  const parse = () => {
    try {
      return parseArgs({ args: [...argv], options, strict: true }).values;
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  };
  const values = parse();
  return {
    seed: whole(values.seed, 'seed', randomInt(1_000_000)),
    seconds: whole(values.seconds, 'seconds', 30),
    json: values.json ?? false,
    only: values.only ?? '',
    logs: values.logs,
  };
}
