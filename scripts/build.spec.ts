import { execFile, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..');
let base: string;

/** A workspace of one lib, with the real scripts and compiler. */
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'clawtank build '));
  for (const name of readdirSync(__dirname).filter((file) => file.endsWith('.mjs'))) {
    cpSync(join(__dirname, name), join(base, 'scripts', name));
  }
  cpSync(join(ROOT, '.swcrc'), join(base, '.swcrc'));
  symlinkSync(join(ROOT, 'node_modules'), join(base, 'node_modules'));
  write('index.ts', "export { two } from './two.js';\n");
  write('two.ts', 'export const two: number = 2;\n');
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

const dist = (name: string): string => join(base, 'libs/sums/dist', name);

function write(name: string, text: string): void {
  const path = join(base, 'libs/sums/src', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const command = (): string[] => [join(base, 'scripts/build.mjs')];

function build(): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, command(), { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

const valueOf = (expression: string): string =>
  spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `import * as sums from '${dist('index.js')}'; console.log(${expression})`],
    { encoding: 'utf8' },
  ).stdout.trim();

it('compiles sources and copies the rest, without specs and notes', () => {
  write('two.spec.ts', 'throw new Error();\n');
  write('inner/note.md', 'why\n');
  write('inner/hook.sh', '#!/bin/sh\n');
  expect(build()).toMatchObject({ status: 0, said: expect.stringMatching(/^built 3 of 3 files/) });
  expect(valueOf('sums.two')).toBe('2');
  expect(readdirSync(dist('')).sort()).toEqual(['index.js', 'index.js.map', 'inner', 'two.js', 'two.js.map']);
  expect(readdirSync(dist('inner'))).toEqual(['hook.sh']);
});

it('writes only what changed', () => {
  build();
  const before = statSync(dist('index.js')).mtimeMs;
  expect(build()).toEqual({ status: 0, said: '' });
  write('two.ts', 'export const two: number = 1 + 1 + 0;\n');
  expect(build().said).toMatch(/^built 1 of 2 files/);
  expect(statSync(dist('index.js')).mtimeMs).toBe(before);
});

it('removes what lost its source', () => {
  build();
  write('index.ts', "export { two } from './pair.js';\n");
  renameSync(join(base, 'libs/sums/src/two.ts'), join(base, 'libs/sums/src/pair.ts'));
  build();
  expect(valueOf('sums.two')).toBe('2');
  expect(existsSync(dist('two.js')) || existsSync(dist('two.js.map'))).toBe(false);
});

it('restores what was deleted from dist', () => {
  build();
  rmSync(dist(''), { recursive: true });
  build();
  expect(valueOf('sums.two')).toBe('2');
});

it('names the file that does not compile, keeps the old output, and mends itself', () => {
  build();
  const old = readFileSync(dist('two.js'), 'utf8');
  write('two.ts', 'export const two: number = ;\n');
  expect(build()).toMatchObject({ status: 1, said: expect.stringContaining('libs/sums/src/two.ts') });
  expect(readFileSync(dist('two.js'), 'utf8')).toBe(old);
  write('two.ts', 'export const two = 22;\n');
  expect(build().status).toBe(0);
  expect(valueOf('sums.two')).toBe('22');
});

it('takes turns when started many times at once', async () => {
  const run = promisify(execFile);
  const said = await Promise.all([1, 2, 3].map(() => run(process.execPath, command())));
  expect(said.filter(({ stdout }) => stdout.includes('built 2 of 2 files'))).toHaveLength(1);
  expect(valueOf('sums.two')).toBe('2');
});

it('takes over from a build that was killed', () => {
  mkdirSync(join(base, '.build'));
  const dead = spawnSync(process.execPath, ['--version']).pid;
  writeFileSync(join(base, '.build/build.lock.4'), JSON.stringify({ pid: dead, start: 'long ago' }));
  expect(build().status).toBe(0);
  expect(valueOf('sums.two')).toBe('2');
});
