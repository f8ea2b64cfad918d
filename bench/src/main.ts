import 'reflect-metadata';
import { claims } from './rows/claims.js';
import { durable } from './rows/durable.js';
import { fanOut } from './rows/fan-out.js';
import { replay } from './rows/replay.js';
import type { Row } from './row.js';

const BENCHES: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  durable,
  'fan-out': fanOut,
  replay,
  claims,
};

const given = process.argv.slice(2);
const json = given.includes('--json');
const [name] = given.filter((argument) => !argument.startsWith('--'));
const wanted = name === undefined ? Object.keys(BENCHES) : [name];
const rows: Row[] = [];
for (const one of wanted) {
  const bench = BENCHES[one];
  if (!bench) throw new Error(`No bench ${one}; there are ${Object.keys(BENCHES).join(', ')}.`);
  rows.push(...(await bench()));
}
if (json) console.log(JSON.stringify(rows, null, 2));
else {
  console.table(
    rows.map(({ name: row, ours, peer, unit, ratio, goal, better, met }) => ({
      row,
      ours,
      peer,
      unit,
      ratio,
      goal: `${better === 'lower' ? '≤' : '≥'} ${goal.toFixed(2)}`,
      met,
    })),
  );
}
