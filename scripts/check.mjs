import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const CONCURRENCY = 2;

const bin = (path) => join(ROOT, 'node_modules', path);
const WEB = join(ROOT, 'apps/web');

/** What is checked, slowest first: name, folder, and the commands that must all succeed. */
const CHECKS = [
  {
    name: 'lint',
    commands: [[bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
  },
  { name: 'types', commands: [[bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']] },
  {
    name: 'types of the web app',
    cwd: WEB,
    commands: [
      [join(WEB, 'node_modules/next/dist/bin/next'), 'typegen'],
      [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'],
    ],
    needs: join(WEB, 'tsconfig.json'),
  },
  {
    name: 'boundaries',
    commands: [
      [
        bin('dependency-cruiser/bin/dependency-cruise.mjs'),
        '--config',
        '.dependency-cruiser.cjs',
        ...['apps', 'libs', 'demo', 'cluster', 'faults', 'simulation', 'e2e', 'bench'].filter((folder) =>
          existsSync(join(ROOT, folder)),
        ),
      ],
    ],
  },
  { name: 'format', commands: [[bin('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.']] },
  { name: 'unused code', commands: [[bin('knip/bin/knip.js'), '--no-config-hints']] },
];

function run([script, ...args], cwd) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

async function perform({ commands, cwd = ROOT }) {
  let output = '';
  for (const command of commands) {
    const result = await run(command, cwd);
    output += result.output;
    if (!result.ok) return { ok: false, output };
  }
  return { ok: true, output };
}

async function check(item) {
  const begun = Date.now();
  const { ok, output } = await perform(item);
  const seconds = `${((Date.now() - begun) / 1000).toFixed(1)} s`.padStart(7);
  if (!ok) console.log(`\n--- ${item.name} ---\n${output.trim()}\n`);
  return { ok, line: `${ok ? 'ok    ' : 'FAILED'} ${seconds}  ${item.name}` };
}

async function main() {
  const wanted = process.argv.slice(2);
  const queue = CHECKS.filter(
    ({ name, needs }) => (wanted.length === 0 || wanted.includes(name)) && (!needs || existsSync(needs)),
  );
  const results = new Map();
  const pending = [...queue];
  const worker = async () => {
    for (let item = pending.shift(); item; item = pending.shift()) results.set(item, await check(item));
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  for (const item of queue) console.log(results.get(item).line);
  if ([...results.values()].some(({ ok }) => !ok)) process.exitCode = 1;
}

await main();
