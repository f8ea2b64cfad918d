import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GITHUB_CLIENT, GitHubOAuthPeer } from '@clawtank/auth/testing';
import type { DoctorReport, FindingView } from '@clawtank/contracts';
import { startApi, type TestApi } from './test-api.js';

const NOWHERE = 'http://127.0.0.1:1';

let api: TestApi;
let github: GitHubOAuthPeer;
let stranger: Server;

/** What the administrator of a server is told about it. */
async function doctor(of: TestApi): Promise<readonly FindingView[]> {
  const { caller, token } = await of.aPerson(`admin-${String(Math.trunc(performance.now()))}`);
  await of.database.query('UPDATE users SET is_admin = true WHERE id = $1', [caller.id]);
  const answer = await of.call('GET', '/api/v1/admin/doctor', { token });
  expect(answer.status).toBe(200);
  return (JSON.parse(answer.text) as DoctorReport).findings;
}

const statesOf = (findings: readonly FindingView[], part: string): readonly string[] =>
  findings.filter((finding) => finding.part === part).map(({ state }) => state);
const wordsOf = (findings: readonly FindingView[], part: string): string =>
  findings
    .filter((finding) => finding.part === part)
    .map(({ found, mend }) => `${found} ${mend ?? ''}`)
    .join('\n');

/** Another server with those settings, for as long as `look` takes. */
async function started(env: Record<string, string>, look: (other: TestApi) => Promise<void>): Promise<void> {
  const other = await startApi(env);
  try {
    await look(other);
  } finally {
    await other.close();
  }
}

const withGitHub = (url: string): Record<string, string> => ({
  GITHUB_URL: url,
  GITHUB_CLIENT_ID: GITHUB_CLIENT.id,
  GITHUB_CLIENT_SECRET: GITHUB_CLIENT.secret,
});

beforeAll(async () => {
  api = await startApi();
  github = new GitHubOAuthPeer();
  await github.start();
  stranger = createServer((_request, response) => response.writeHead(404).end('not here'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await api.close();
  await github.stop();
  await new Promise((resolve) => stranger.close(resolve));
});

describe('the doctor', () => {
  it('finds nothing to mend in a server that is well, and has looked everywhere', async () => {
    const findings = await doctor(api);
    const looked = findings.map(({ part }) => part);
    for (const part of [
      'database',
      'clock',
      'redis',
      'git',
      'git_root',
      'disk',
      'url',
      'sign_in',
      'deliveries',
    ])
      expect(looked).toContain(part);
    // How full the disk of this machine is, is not for a test to say.
    expect(findings.filter(({ part, state }) => part !== 'disk' && state !== 'ok')).toEqual([]);
  });

  it('is there for administrators alone', async () => {
    const { token } = await api.aPerson('nobody-special');
    expect((await api.call('GET', '/api/v1/admin/doctor', { token })).status).toBe(404);
  });

  it('sees what git hosts delivered and nobody has taken', async () => {
    await api.database.query(
      `INSERT INTO webhook_inbox (provider, delivery_id, event, body, received_at)
       VALUES ('github', 'left-lying', 'push', '', now() - interval '1 hour')`,
    );
    const findings = await doctor(api);
    await api.database.query(`DELETE FROM webhook_inbox`);
    expect(statesOf(findings, 'deliveries')).toEqual(['broken']);
    expect(wordsOf(findings, 'deliveries')).toContain('CLAWTANK_WORKERS');
    expect(findings[0]?.state).toBe('broken');
  });

  it('sees whether the address that people open leads here, and says what providers must know', async () => {
    await started({ ...withGitHub(github.url), CLAWTANK_URL: api.url }, async (other) => {
      const findings = await doctor(other);
      expect(statesOf(findings, 'url')).toEqual(['ok']);
      expect(wordsOf(findings, 'callbacks')).toContain(`${api.url}/api/v1/auth/github/callback`);
      expect(statesOf(findings, 'sign_in_github')).toEqual(['ok']);
      expect(statesOf(findings, 'clock')).toEqual(['ok', 'ok']);
    });
    const { port } = stranger.address() as AddressInfo;
    await started({ CLAWTANK_URL: `http://127.0.0.1:${String(port)}` }, async (other) => {
      expect(wordsOf(await doctor(other), 'url')).toContain('answers with 404, and not as ClawTank does');
    });
  });

  it('sees what does not answer, without waiting for it for ever', async () => {
    await started({ ...withGitHub(NOWHERE), CLAWTANK_URL: NOWHERE }, async (other) => {
      const findings = await doctor(other);
      expect([...statesOf(findings, 'url'), ...statesOf(findings, 'sign_in_github')]).toEqual([
        'broken',
        'broken',
      ]);
      expect(wordsOf(findings, 'sign_in_github')).toContain('can reach 127.0.0.1:1');
    });
  });

  it('sees callbacks that are right by chance only', async () => {
    await started(withGitHub(github.url), async (other) => {
      expect(statesOf(await doctor(other), 'url')).toEqual(['warning']);
    });
  });

  it.each([
    [-20_000, 'warning'],
    [120_000, 'broken'],
  ])('sees that GitHub’s clock is %i ms off', async (offMs, state) => {
    github.clockOffMs = offMs;
    await started(withGitHub(github.url), async (other) => {
      expect(statesOf(await doctor(other), 'clock')).toEqual([state, 'ok']);
    });
    github.clockOffMs = 0;
  });

  it('sees a GitHub that is not well', async () => {
    github.failing = 503;
    await started(withGitHub(github.url), async (other) => {
      expect(wordsOf(await doctor(other), 'sign_in_github')).toContain('answers with 503');
    });
    github.failing = null;
  });

  it('sees that Redis is away', async () => {
    await started({ REDIS_URL: 'redis://127.0.0.1:1' }, async (other) => {
      expect(statesOf(await doctor(other), 'redis')).toEqual(['broken']);
    });
  });
});
