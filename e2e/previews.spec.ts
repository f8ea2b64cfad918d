import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Rest } from '../demo/src/rest.js';
import { type RunningServer, startServer } from '../demo/src/server-process.js';
import { waitFor } from '../demo/src/wait.js';

const LIMIT_MS = 90_000;
const ADDRESS = 'http://tank.example.org';

let dataDir: string;
let server: RunningServer;
let here: string;
let mira: Rest;

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return String(port);
}

const room = async (name: string, visibility: string): Promise<string> => {
  const body = { name, visibility, repository: { host: 'local' } };
  const { room: made } = await mira.post<{ room: { slug: string } }>('/rooms', body);
  return made.slug;
};

/** What a page tells those who make a preview of it, by name. */
async function told(path: string): Promise<ReadonlyMap<string, string>> {
  const page = await (await fetch(here + path)).text();
  const tags = page.matchAll(/<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"/g);
  const canonical = /<link rel="canonical" href="([^"]+)"/.exec(page)?.[1] ?? '';
  return new Map([
    ['canonical', canonical],
    ...[...tags].map(([, name = '', value = '']) => [name, value] as const),
  ]);
}

async function picture(path: string): Promise<Buffer> {
  const answer = await fetch(`${here}${path}/picture.png`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=30');
  return Buffer.from(await answer.arrayBuffer());
}

describe('links to public pages', () => {
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'clawtank-previews-'));
    await chmod(dataDir, 0o711);
    const port = await freePort();
    // It calls itself by the address that people use; where it listens only the port tells.
    server = await startServer(dataDir, { CLAWTANK_URL: ADDRESS }, port);
    here = `http://127.0.0.1:${port}`;
    await waitFor('the pages', async () => (await fetch(here)).ok || undefined);
    const { access_token } = await new Rest(here).post<{ access_token: string }>('/auth/register', {
      username: 'mira',
      email: 'mira@example.org',
      password: 'correct horse battery',
    });
    mira = new Rest(here, access_token);
  }, LIMIT_MS);

  afterAll(async () => {
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, LIMIT_MS);

  it.each(['watch', 'replay'])(
    'of /%s carry the address that people use, and a picture',
    async (page) => {
      const path = `/${page}/${await room('Harbour', 'public')}`;
      const tags = await told(path);
      expect(tags.get('canonical')).toBe(ADDRESS + path);
      expect(tags.get('og:url')).toBe(ADDRESS + path);
      expect(tags.get('og:image')).toBe(`${ADDRESS}${path}/picture.png`);
      expect(tags.get('twitter:image')).toBe(`${ADDRESS}${path}/picture.png`);
      expect(tags.get('twitter:card')).toBe('summary_large_image');
      const png = await picture(path);
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
    },
    LIMIT_MS,
  );

  it(
    'show the room that they lead to, drawn once while many ask',
    async () => {
      const [one, other] = [await room('Harbour', 'public'), await room('Lighthouse', 'public')];
      const first = await picture(`/watch/${one}`);
      expect(first.equals(await picture(`/watch/${one}`))).toBe(true);
      expect(first.equals(await picture(`/watch/${other}`))).toBe(false);
    },
    LIMIT_MS,
  );

  it.each(['watch', 'replay', 'showcase'])(
    'of /%s are alike for a private room and for none',
    async (page) => {
      const slug = await room('Secret cave', 'private');
      const missing = `${slug.slice(0, -6)}zzzzzz`;
      const answer = async (name: string) => {
        const response = await fetch(`${here}/${page}/${name}/picture.png`);
        return [response.status, (await response.text()).replaceAll(name, '')];
      };
      expect(await answer(slug)).toEqual(await answer(missing));
      expect((await answer(missing))[0]).toBe(404);
    },
    LIMIT_MS,
  );
});
