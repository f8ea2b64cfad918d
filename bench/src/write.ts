import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { plotOf } from './plot.js';
import type { Row } from './row.js';
import type { Growth } from './rows/growth.js';

const place = (name: string): URL => new URL(`../${name}`, import.meta.url);
const [BEGIN, END] = ['<!-- figures -->', '<!-- /figures -->'];

/** Figures of one bench, with what the machine did besides. */
interface Kept {
  readonly load: number;
  readonly rows: readonly Row[];
}

type Results = Record<string, Kept>;

/** The machine's load before a bench begins: what else runs is in its figures. */
export const loadNow = (): number => Number((loadavg()[0] ?? 0).toFixed(1));

/** Keeps the figures in `results.json`, the table in `README.md`, and growth as figures and as a plot. */
export async function write(measured: Results, growth: Growth | undefined): Promise<void> {
  const known = await readFile(place('results.json'), 'utf8').catch(() => '{}');
  const results = { ...(JSON.parse(known) as Results), ...measured };
  await writeFile(place('results.json'), `${JSON.stringify(results, null, 2)}\n`);
  const readme = await readFile(place('README.md'), 'utf8');
  const [before = '', rest = ''] = readme.split(BEGIN);
  const [, after = ''] = rest.split(END);
  await writeFile(place('README.md'), `${before}${BEGIN}\n${table(results)}\n${END}${after}`);
  if (!growth) return;
  await writeFile(place('growth.json'), `${JSON.stringify(growth, null, 2)}\n`);
  await writeFile(place('growth.svg'), plotOf(growth));
}

function table(results: Results): string {
  const head = [
    '| row | ours | peer | unit | ratio | goal | met | load |',
    '|---|---|---|---|---|---|---|---|',
  ];
  const lines = Object.values(results).flatMap(({ rows, load }) => rows.map((row) => lineOf(row, load)));
  const machine = `${String(cpus().length)} cores, Node ${process.versions.node}. The load is what the machine did when the bench began.`;
  return ['', machine, '', ...head, ...lines, ''].join('\n');
}

function lineOf({ name, ours, peer, unit, ratio, goal, better, met }: Row, load: number): string {
  const wanted =
    goal === 0 ? '–' : `${better === 'lower' ? '≤' : '≥'} ${String(Number(goal.toPrecision(2)))}`;
  const number = (value: number | null): string => (value === null ? '–' : value.toLocaleString('en'));
  const cells = [
    name,
    number(ours),
    number(peer),
    unit,
    String(ratio),
    wanted,
    goal === 0 ? '–' : met ? 'yes' : 'no',
    String(load),
  ];
  return `| ${cells.join(' | ')} |`;
}
