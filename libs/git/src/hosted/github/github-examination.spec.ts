import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HostsConfig } from '../../hosts.config.js';
import { GithubExamination } from './github-examination.js';

const PEM = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const ALL = {
  contents: 'write',
  pull_requests: 'write',
  statuses: 'write',
  checks: 'read',
  repository_hooks: 'write',
};

let server: Server;
let answer: { status: number; body: object };
let asked: { path: string; bearer: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    asked = { path: request.url ?? '', bearer: request.headers.authorization ?? '' };
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function examined(config: Partial<HostsConfig>) {
  const githubApiUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const [finding] = await new GithubExamination(
    Object.assign(new HostsConfig(), { githubApiUrl }, config),
  ).examine();
  return finding;
}
const APP = { githubAppId: '7', githubAppPrivateKey: PEM.replaceAll('\n', '\\n') };

it('finds an App that may do everything', async () => {
  answer = { status: 200, body: { slug: 'our-tank', permissions: ALL } };
  expect(await examined(APP)).toMatchObject({
    state: 'ok',
    found: 'The App our-tank may do all that it has to.',
  });
  expect(asked.path).toBe('/app');
  // A signed statement of the App’s own, in three parts.
  expect(asked.bearer).toMatch(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/);
});

it('names what an App lacks', async () => {
  answer = { status: 200, body: { slug: 'our-tank', permissions: { ...ALL, statuses: 'read' } } };
  expect(await examined(APP)).toMatchObject({
    state: 'broken',
    found: 'The App our-tank lacks statuses: write.',
  });
});

it.each([
  ['a key that is not the App’s', APP, 'GITHUB_APP_PRIVATE_KEY belong together'],
  ['a token that was revoked', { githubToken: 'ghp_revoked' }, 'Make another token'],
])('finds %s', async (_name, config, mend) => {
  answer = { status: 401, body: { message: 'Bad credentials' } };
  const finding = await examined(config);
  expect(finding?.state).toBe('broken');
  expect(finding?.mend).toContain(mend);
  expect(JSON.stringify(finding)).not.toContain('ghp_revoked');
});

it('finds a GitHub that is away, and a server that holds nothing', async () => {
  expect(await examined({ ...APP, githubApiUrl: 'http://127.0.0.1:1' })).toMatchObject({ state: 'broken' });
  expect(await examined({})).toMatchObject({ state: 'ok' });
});
