import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const SKIPPED = new Set(['node_modules', '.next', 'dist', 'next-env.d.ts']);

function walk(path) {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name) && !/\.(spec\.tsx?|tsbuildinfo)$/.test(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(path, entry.name)) : [join(path, entry.name)]))
    .sort();
}

/** Changes when anything that `next build` reads from this repository changes. */
function fingerprint(root) {
  const hash = createHash('sha256');
  const folders = ['apps/web', 'libs/contracts/src', 'libs/agent-sdk/src'].map((path) => join(root, path));
  for (const file of folders.filter((folder) => existsSync(folder)).flatMap(walk)) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  for (const name of ['next', 'react', 'tailwindcss']) {
    const path = join(root, 'apps/web/node_modules', name, 'package.json');
    hash.update(existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).version : '-');
  }
  return hash.digest('hex');
}

function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`next build ended with ${signal ?? code}\n${output}`));
    });
  });
}

/** The standalone server is whole only with the static files beside it, which Next leaves to the caller. */
function completeStandalone(web) {
  const target = join(web, '.next/standalone/apps/web');
  cpSync(join(web, '.next/static'), join(target, '.next/static'), { recursive: true });
  if (existsSync(join(web, 'public')))
    cpSync(join(web, 'public'), join(target, 'public'), { recursive: true });
}

/** Runs `next build` in `apps/web` if its sources changed since the last one that succeeded. */
export async function buildWeb({ root, state, log }) {
  const web = join(root, 'apps/web');
  const next = join(web, 'node_modules/next/dist/bin/next');
  if (!existsSync(join(web, 'app')) && !existsSync(join(web, 'src/app'))) return;
  const stamp = join(state, 'web.hash');
  const wanted = fingerprint(root);
  const server = join(web, '.next/standalone/apps/web/server.js');
  if (existsSync(server) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  const begun = Date.now();
  log('building the web app (once, and again when its sources change)');
  rmSync(stamp, { force: true });
  await run(process.execPath, [next, 'build'], {
    cwd: web,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      CLAWTANK_BUILD: wanted.slice(0, 16),
    },
  });
  completeStandalone(web);
  writeFileSync(stamp, wanted);
  log(`built the web app in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}
