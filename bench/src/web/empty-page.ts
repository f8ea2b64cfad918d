import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDER = join(ROOT, '.build/empty-next');

const FILES = {
  'package.json': '{"name":"empty-next","private":true,"type":"module"}',
  'next.config.mjs':
    "import { join } from 'node:path';\nconst root = join(import.meta.dirname, '../..');\nexport default { outputFileTracingRoot: root, turbopack: { root } };\n",
  'app/layout.jsx':
    'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }\n',
  'app/page.jsx': 'export default function Page() { return <p>Nothing</p>; }\n',
};

async function build(): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(join(FOLDER, 'app'), { recursive: true });
  await symlink(join(ROOT, 'apps/web/node_modules'), join(FOLDER, 'node_modules'));
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(FOLDER, name), text);
  const next = join(FOLDER, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;
  const child = spawn(process.execPath, [next, 'build'], { cwd: FOLDER, env, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the empty page was not built');
}

export interface EmptyPage {
  readonly url: string;
  stop(): Promise<void>;
}

/** A Next page with nothing on it, of the same version and built the same way, served as files. */
export async function serveEmptyPage(): Promise<EmptyPage> {
  await build();
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = path === '/' ? 'server/app/index.html' : path.replace(/^\/_next\//, '');
    readFile(join(FOLDER, '.next', file)).then(
      (bytes) => {
        const type = { js: 'text/javascript', css: 'text/css' }[path.split('.').at(-1) ?? ''] ?? 'text/html';
        response.writeHead(200, { 'content-type': type }).end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    await rm(FOLDER, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`, stop };
}
