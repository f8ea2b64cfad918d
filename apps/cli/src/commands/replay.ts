import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { Cli } from '../cli.js';
import { eventLine, namesOf } from '../output/event-line.js';
import type { Start } from '../start.js';
import { LogNames, readLog } from '../replay/read-log.js';
import { cliOf } from './options.js';

interface ReplayOptions {
  readonly speed: number;
  readonly maxPause: number;
}

const SPEED = 10;
const MAX_PAUSE_SECONDS = 2;
const MS = 1_000;

const notNegative = (text: string): number => {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('Expected a number that is not negative.');
};

export function addReplay(program: Command, start: Start): void {
  program
    .command('replay')
    .description('play a log that `clawtank export` wrote; needs no server')
    .argument('<file>')
    .option('--speed <times>', 'so many times as fast as it was; 0: without pauses', notNegative, SPEED)
    .option('--max-pause <seconds>', 'no pause is longer', notNegative, MAX_PAUSE_SECONDS)
    .action((file: string, options: ReplayOptions, command: Command) =>
      replay(cliOf(command, start), file, options),
    );
}

/** With `--json` the frames, at once: pauses are for people. */
async function replay(cli: Cli, file: string, { speed, maxPause }: ReplayOptions): Promise<void> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  const known = new LogNames();
  const names = namesOf(() => known);
  let before: number | undefined;
  for await (const frame of readLog(lines)) {
    if (cli.out.json) {
      cli.out.result(frame, () => []);
      continue;
    }
    for (const event of frame.events) {
      known.learn(event);
      const line = eventLine(event, names);
      if (line === undefined) continue;
      const at = Date.parse(event.at);
      const pause = speed === 0 || before === undefined ? 0 : (at - before) / speed;
      if (pause > 0) await sleep(Math.min(pause, maxPause * MS), undefined, { signal: cli.signal });
      before = at;
      cli.out.result(event, () => line);
    }
  }
}
