import { parseArgs } from 'node:util';

export interface SimulateCommand {
  readonly agents: number;
  readonly tasks: number;
  readonly seed: number;
  /** How many seeds, counted up from `seed`. */
  readonly seeds: number;
  readonly guards: 'both' | 'on' | 'off';
  /** Milliseconds that a minute of work takes. */
  readonly minuteMs: number;
  /** Longest time of one side of one seed, in minutes. */
  readonly minutes: number;
  readonly json: boolean;
}

export class UsageError extends Error {}

export const USAGE = `Usage: pnpm simulate [--agents N] [--tasks M] [--seed S] [--seeds K] [--json]

Scripted agents work on planned tasks on a real server with real repositories, first with the guards against
collisions and wasted work, then without, and the figures of both are put side by side.

  --agents N     how many agents, twenty to a room (default: 20)
  --tasks M      how many tasks, over all rooms (default: 100)
  --seed S       chooses tasks, agents and faults (default: 1)
  --seeds K      runs K seeds from S on and gives the spread (default: 1)
  --guards G     both, on or off (default: both)
  --minute-ms T  milliseconds that a minute of work takes (default: 100)
  --minutes L    longest time of one run in minutes; what is not done by then is unfinished (default: 15)
  --json         print the result as one line of JSON; progress goes to standard error

The exit code is 1 when, with the guards on, a task was lost, unfinished or done twice, a conflict was not predicted in time,
two exclusive leases overlapped, or XP in the log differs from what was told; without guards, when a task was lost, unfinished
or done twice. A side that hangs is ended two and a half minutes after its time, and the exit code is 1 too.`;

function whole(text: string | undefined, name: string, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,6}$/.test(text) || (Number(text) === 0 && name !== 'seed'))
    throw new UsageError(`--${name} must be a whole number`);
  return Number(text);
}

/** @throws UsageError with a sentence for whoever typed it */
export function readCommand(argv: readonly string[]): SimulateCommand {
  const text = { type: 'string' } as const;
  const options = {
    agents: text,
    tasks: text,
    seed: text,
    seeds: text,
    guards: text,
    'minute-ms': text,
    minutes: text,
    json: { type: 'boolean' },
  } as const;
  const parse = () => {
    try {
      return parseArgs({ args: [...argv], options, strict: true }).values;
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  };
  const values = parse();
  const guards = values.guards ?? 'both';
  if (guards !== 'both' && guards !== 'on' && guards !== 'off')
    throw new UsageError('--guards must be both, on or off');
  return {
    agents: whole(values.agents, 'agents', 20),
    tasks: whole(values.tasks, 'tasks', 100),
    seed: whole(values.seed, 'seed', 1),
    seeds: whole(values.seeds, 'seeds', 1),
    guards,
    minuteMs: whole(values['minute-ms'], 'minute-ms', 100),
    minutes: whole(values.minutes, 'minutes', 15),
    json: values.json ?? false,
  };
}
