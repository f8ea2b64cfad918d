// pnpm dev: every source watched. A changed file is compiled and the server started again; the pages run
// under `next dev`; both answer at one address. Arguments as for `npm start`.
import { existsSync, watch } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildLocked, packages } from './build.mjs';
import { Child } from './dev/child.mjs';
import { createDevProxy } from './dev/proxy.mjs';
import { ensureInstalled } from './install.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const QUIET_MS = 80;

const log = (line) => console.error(`dev: ${line}`);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function serverChild(port, data, url) {
  const main = join(ROOT, 'apps/server/dist/main.js');
  const args = ['--enable-source-maps', main, '--port', String(port), '--data', data];
  return new Child('server', { args, cwd: ROOT, env: { CLAWTANK_URL: url } });
}

function webChild(port, apiPort) {
  const web = join(ROOT, 'apps/web');
  const next = join(web, 'node_modules/next/dist/bin/next');
  if (!existsSync(next)) return undefined;
  return new Child('pages', {
    args: [next, 'dev', '--hostname', '127.0.0.1', '--port', String(port)],
    cwd: web,
    env: { CLAWTANK_API_URL: `http://127.0.0.1:${apiPort}`, NEXT_TELEMETRY_DISABLED: '1' },
  });
}

/** Calls `onChange` once after each burst of changes to sources; one call at a time, none lost. */
function watchSources(onChange) {
  let timer;
  let busy = Promise.resolve();
  const changed = (_event, name) => {
    if (!name || !/\.(ts|json|sql|sh)$/.test(name) || name.endsWith('.spec.ts')) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      busy = busy.then(onChange).catch((error) => log(error.message));
    }, QUIET_MS);
  };
  return packages().map((pkg) => watch(join(ROOT, pkg, 'src'), { recursive: true }, changed));
}

async function main() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4040' },
      data: { type: 'string', default: '.clawtank/dev' },
    },
  });
  await ensureInstalled(ROOT, log);
  await buildLocked({ log });

  const ports = { api: await freePort(), web: await freePort() };
  const url = `http://127.0.0.1:${values.port}`;
  const server = serverChild(ports.api, resolve(ROOT, values.data), url);
  const pages = webChild(ports.web, ports.api);
  const proxy = createDevProxy(() => ports).listen(Number(values.port), '127.0.0.1');
  await once(proxy, 'listening');

  server.run();
  pages?.run();
  const watchers = watchSources(async () => {
    let built = false;
    await buildLocked({ log: (line) => (built = true) && log(line) });
    if (built || !server.isRunning) await server.restart();
  });
  log(`everything at ${url}`);

  const stop = async () => {
    for (const watcher of watchers) watcher.close();
    proxy.close();
    proxy.closeAllConnections();
    await Promise.all([server.stop(), pages?.stop()]);
    process.exit(0);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => void stop());
}

main().catch((error) => {
  log(error.forPeople || error.code === 'EADDRINUSE' ? error.message : error.stack);
  process.exitCode = 1;
});
