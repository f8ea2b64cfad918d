import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';

const MAIN = join(__dirname, '../dist/main.js');
const LIMIT_MS = 150_000;

interface Verdict {
  readonly acked: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly served: Readonly<Record<string, number>>;
}

/** One storm of a single kind of fault, as anybody would have it from the command line. */
async function storm(seed: number, only: string): Promise<{ code: number | null; verdict: Verdict }> {
  const args = [MAIN, '--seed', `${seed}`, '--seconds', '8', '--only', only, '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const printed = await text(child.stdout);
  return { code: await ended, verdict: JSON.parse(printed) as Verdict };
}

describe('two nodes of each kind under load', () => {
  it.each([
    ['PostgreSQL is killed: no acknowledgement without its row', 'kill PostgreSQL'],
    ['gateways are killed: nothing is lost, and their clients go on at the other one', 'kill gateway'],
  ])(
    'when %s',
    async (_name, only) => {
      const seed = randomInt(1_000_000);
      console.log(`seed ${seed}`);
      const { code, verdict } = await storm(seed, only);
      expect(verdict).toMatchObject({ lost: 0, doubled: 0, silent_gaps: 0, leaks: 0, surprises: [] });
      expect(Object.keys(verdict.faults).every((name) => name.startsWith(only))).toBe(true);
      expect(Object.keys(verdict.faults)).not.toEqual([]);
      expect(code).toBe(0);
    },
    LIMIT_MS,
  );
});
