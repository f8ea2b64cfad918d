import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildLocked } from './build.mjs';
import { ensureInstalled } from './install.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

const log = (line) => console.error(`clawtank: ${line}`);

const forPeople = (message) => Object.assign(new Error(message), { forPeople: true });

function requireGit() {
  const { status, stdout } = spawnSync('git', ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  if (status === 0 && (Number(major) > 2 || Number(minor) >= 38)) return;
  const found = status === 0 ? `this is ${stdout.trim()}` : 'none was found';
  throw forPeople(`ClawTank needs git 2.38 or newer; ${found}.`);
}

/**
 * Goes on as another program in this same process, so that signals and the exit code are its own. The
 * program sees its arguments as if it had been started directly.
 */
async function become(program, args) {
  process.argv = [process.execPath, program, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(program).href);
}

function demoProgram() {
  const found = ['demo/dist/main.js', 'demo/main.mjs'].map((path) => join(ROOT, path)).find(existsSync);
  if (!found) throw forPeople('there is no demo in this checkout');
  return found;
}

const touchesWeb = (args) => args.length === 0 || args.some((arg) => /e2e|web|demo/.test(arg));

const COMMANDS = {
  start: {
    needsWeb: () => true,
    run: (args) => become(join(ROOT, 'apps/server/dist/main.js'), args),
  },
  test: {
    needsWeb: touchesWeb,
    run: (args) => become(join(ROOT, 'node_modules/jest/bin/jest.js'), args),
  },
  demo: {
    needsWeb: () => true,
    run: (args) => become(demoProgram(), args),
  },
  cluster: {
    needsWeb: () => false,
    run: (args) => become(join(ROOT, 'cluster/dist/main.js'), args),
  },
  faults: {
    needsWeb: () => false,
    run: (args) => become(join(ROOT, 'faults/dist/main.js'), args),
  },
  simulate: {
    needsWeb: () => false,
    run: (args) => become(join(ROOT, 'simulation/dist/main.js'), args),
  },
  mutants: {
    needsWeb: () => false,
    run: (args) => become(join(ROOT, 'faults/dist/mutants/main.js'), args),
  },
  parse: {
    needsWeb: () => false,
    run: (args) => become(join(ROOT, 'libs/tasks/corpus/parse.mjs'), args),
  },
  // Everything that the others need, for whoever runs them later (an image, a pipeline).
  setup: {
    needsWeb: () => true,
    run: () => undefined,
  },
};

/** Installs and builds what changed, then runs `command` with `args`. */
export async function run(command, args) {
  const chosen = COMMANDS[command];
  if (!chosen) throw forPeople(`unknown command ${command}: one of ${Object.keys(COMMANDS).join(', ')}`);
  requireGit();
  await ensureInstalled(ROOT, log);
  await buildLocked({ web: chosen.needsWeb(args), log });
  await chosen.run(args);
}
