import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';

const PNPM = 'pnpm@12.21.0';

/** Changes when an installation would give something else than the last one. */
function fingerprint(root) {
  const hash = createHash('sha256').update(`${PNPM} ${process.platform}-${process.arch}\0`);
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, name)));
  return hash.digest('hex');
}

function runPnpm(root, args) {
  // A production setting of the caller would leave out the tools that build the product.
  const { NODE_ENV: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn('npx', ['-y', PNPM, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** Installs what pnpm-lock.yaml says, if that changed since the last installation here. */
export async function ensureInstalled(root, log) {
  const stamp = join(root, 'node_modules/.clawtank-installed');
  const wanted = fingerprint(root);
  const isCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isCurrent()) return;
  await withLock(
    join(root, '.build/install.lock'),
    async () => {
      if (isCurrent()) return;
      const begun = Date.now();
      log('installing dependencies (once, and again when they change)');
      rmSync(stamp, { force: true });
      const { code, output } = await runPnpm(root, [
        'install',
        '--frozen-lockfile',
        '--prefer-offline',
        '--config.confirm-modules-purge=false',
      ]);
      if (code !== 0) {
        const message = `the dependencies could not be installed:\n${output.trim()}`;
        throw Object.assign(new Error(message), { forPeople: true });
      }
      writeFileSync(stamp, wanted);
      log(`installed in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    },
    (pid) => log(`waiting for another installation (process ${pid})`),
  );
}
