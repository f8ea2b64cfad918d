import 'reflect-metadata';
import { claims } from './rows/claims.js';
import { conflicts } from './rows/conflicts.js';
import { audiences, batching, memory, redisFed } from './rows/delivery.js';
import { durable } from './rows/durable.js';
import { fanOut } from './rows/fan-out.js';
import { context, growth, growthFigures } from './rows/growth.js';
import { matching } from './rows/matching.js';
import { parser } from './rows/parser.js';
import { replay } from './rows/replay.js';
import { web } from './rows/web.js';
import { webhooks } from './rows/webhooks.js';
import { endProfiles, profiled, profileServers } from './profile.js';
import type { Row } from './row.js';
import { loadNow, write } from './write.js';

const BENCHES: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  durable,
  'fan-out': fanOut,
  batching,
  audiences,
  redis: redisFed,
  memory,
  replay,
  context,
  growth,
  claims,
  conflicts,
  matching,
  parser,
  web,
  webhooks,
};

const given = process.argv.slice(2);
const json = given.includes('--json');
const [name] = given.filter((argument) => !argument.startsWith('--'));
const wanted = name === undefined ? Object.keys(BENCHES) : [name];
if (given.includes('--profile')) profileServers();
const rows: Row[] = [];
const measured: Record<string, { load: number; rows: readonly Row[] }> = {};
for (const one of wanted) {
  const bench = BENCHES[one];
  if (!bench) throw new Error(`No bench ${one}; there are ${Object.keys(BENCHES).join(', ')}.`);
  const load = loadNow();
  const some = await profiled(one, bench);
  measured[one] = { load, rows: some };
  rows.push(...some);
}
endProfiles();
if (given.includes('--write')) await write(measured, growthFigures());
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
