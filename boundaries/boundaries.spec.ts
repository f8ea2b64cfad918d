import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '..');
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');
const CRUISE = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const DECLARED = ['class-validator', 'fastify', 'pg', 'socket.io', 'typeorm'];

// The tools read the whole tree; on a busy machine that takes its time.
jest.setTimeout(120_000);

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'clawtank-boundaries-'));
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

function writeJson(path: string, content: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(content));
}

/** Makes a planted package resolvable as in the real tree: a manifest, and a link from node_modules. */
function install(group: string, name: string): void {
  const at = (path: string): unknown => ({ types: `./src/${path}.ts`, default: `./dist/${path}.js` });
  const names = readdirSync(join(base, 'libs')).concat(readdirSync(join(base, 'apps')));
  const dependencies = [...names.map((other) => `@clawtank/${other}`), ...DECLARED].map((other) => [
    other,
    '*',
  ]);
  writeJson(join(base, group, name, 'package.json'), {
    name: `@clawtank/${name}`,
    type: 'module',
    exports: { '.': at('index'), './testing': at('testing') },
    dependencies: Object.fromEntries(dependencies),
  });
  symlinkSync(join(base, group, name), join(base, 'node_modules/@clawtank', name));
}

function layOut(tree: 'planted' | 'clean'): void {
  cpSync(join(__dirname, tree), base, { recursive: true });
  mkdirSync(join(base, 'node_modules/@clawtank'), { recursive: true });
  for (const name of [...DECLARED, 'undeclared']) {
    writeJson(join(base, 'node_modules', name, 'package.json'), { name, main: 'index.js' });
    writeFileSync(join(base, 'node_modules', name, 'index.js'), 'exports.thing = 1;\n');
  }
  writeJson(join(base, 'package.json'), { type: 'module' });
  for (const group of ['libs', 'apps'])
    for (const name of readdirSync(join(base, group))) install(group, name);
}

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** Rule and file of every violation in the tree at hand. */
function cruise(): string[] {
  const folders = ['apps', 'libs', 'demo', 'faults', 'e2e'].filter((name) =>
    readdirSync(base).includes(name),
  );
  const args = [CRUISE, '--config', CONFIG, '--output-type', 'json', ...folders];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: base,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout) throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return [...new Set(summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`))].sort();
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/** What the planted files say of themselves in their first lines. */
const planted = (): string[] =>
  files(join(__dirname, 'planted'))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^\/\/ plants: (\S+)$/gm)].map(
        ([, name]) => `${name}: ${relative(join(__dirname, 'planted'), file)}`,
      ),
    )
    .sort();

function ruleNames(): string[] {
  const script = `process.stdout.write(JSON.stringify(require(${JSON.stringify(CONFIG)}).forbidden.map((r) => r.name)))`;
  return JSON.parse(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout) as string[];
}

it('every planted violation is found, and nothing else', () => {
  layOut('planted');
  expect(cruise()).toEqual(planted());
});

it('every rule has a planted violation', () => {
  const names = new Set(planted().map((line) => line.split(':')[0]));
  expect(ruleNames().filter((name) => !names.has(name))).toEqual([]);
});

it('a tree that keeps the rules passes', () => {
  layOut('clean');
  expect(cruise()).toEqual([]);
});
