import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { GitlabClient } from './gitlab-client.js';

const LINK = { fullName: 'acme/shop', token: 'a token of GitLab' };
const NOW = Date.parse('2026-03-02T10:00:00Z');

let server: Server;
let answer: (res: ServerResponse) => void;
let client: GitlabClient;
beforeEach(async () => {
  server = createServer((_req, res) => {
    res.setHeader('content-type', 'application/json');
    answer(res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const settings = { url: `http://127.0.0.1:${String(port)}`, patienceMs: 1_000 };
  client = new GitlabClient(settings, { now: () => NOW, wait: () => Promise.resolve() });
});
afterEach(async () => {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
});

const ask = (): Promise<unknown> =>
  client.run(LINK, (api) => api.Projects.show(LINK.fullName)).catch((error: unknown) => error);
const inSeconds = (): number | undefined => {
  const until = client.limitedUntil(LINK);
  return until && (until.getTime() - NOW) / 1_000;
};

describe('GitLab’s limits', () => {
  it.each([
    ['seconds', { 'retry-after': '600' }, 600],
    ['a date', { 'retry-after': new Date(NOW + 900_000).toUTCString() }, 900],
    ['the end of the window alone', { 'ratelimit-reset': String(NOW / 1_000 + 300) }, 300],
  ])('are heeded when they are told in %s', async (_name, headers, seconds) => {
    answer = (res) => void res.writeHead(429, headers).end('{"message":"Retry later"}');
    expect(await ask()).toMatchObject({ reason: 'host.limited' });
    expect(inSeconds()).toBe(seconds);
  });

  it('are heeded before a refusal, once the window is used up', async () => {
    const headers = { 'ratelimit-remaining': '0', 'ratelimit-reset': String(NOW / 1_000 + 60) };
    answer = (res) => void res.writeHead(200, headers).end('{"id":1}');
    expect(await ask()).toMatchObject({ id: 1 });
    expect(inSeconds()).toBe(60);
    expect(await ask()).toMatchObject({ reason: 'host.limited' });
  });

  it('are none while requests are left', async () => {
    const headers = { 'ratelimit-remaining': '7', 'ratelimit-reset': String(NOW / 1_000 + 60) };
    answer = (res) => void res.writeHead(200, headers).end('{"id":1}');
    expect(await ask()).toMatchObject({ id: 1 });
    expect(inSeconds()).toBeUndefined();
  });
});
