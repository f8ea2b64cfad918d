import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FindingView } from '@clawtank/contracts';
import { type RunningServer, startServer } from '../demo/src/server-process.js';

const CLI = join(__dirname, '../apps/cli/bin/clawtank.mjs');
const LIMIT_MS = 90_000;
const PASSWORD = 'correct horse battery';
const NOWHERE = 'http://127.0.0.1:1';

let dataDir: string;
let home: string;
let server: RunningServer;

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as people run it, with a home of its own. */
function clawtank(...args: readonly string[]): Promise<Ran> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, CLAWTANK_PASSWORD: PASSWORD };
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });
}

const start = async (env: Record<string, string> = {}): Promise<void> => {
  server = await startServer(dataDir, env);
};
const partsOf = (stdout: string): readonly string[] =>
  (JSON.parse(stdout) as { findings: readonly FindingView[] }).findings.map(({ part }) => part);

beforeAll(async () => {
  [dataDir, home] = (await Promise.all(
    ['clawtank-doctor-', 'clawtank-home-'].map((name) => mkdtemp(join(tmpdir(), name))),
  )) as [string, string];
  await chmod(dataDir, 0o711);
}, LIMIT_MS);
afterAll(async () => {
  await Promise.all([dataDir, home].map((folder) => rm(folder, { recursive: true, force: true })));
});
afterEach(() => server?.stop(), LIMIT_MS);

describe('clawtank doctor', () => {
  it(
    'finds a fresh server well',
    async () => {
      await start();
      const account = ['--user', 'ada', '--email', 'ada@example.org'];
      const login = await clawtank('login', '--register', ...account, '--server', server.url);
      expect(login).toMatchObject({ code: 0 });
      const ran = await clawtank('doctor');
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      for (const words of ['is ready', 'PostgreSQL 18', 'git 2.', 'No git host has delivered anything yet'])
        expect(ran.stdout).toContain(words);
      const told = await clawtank('doctor', '--json');
      expect(JSON.parse(told.stdout)).toMatchObject({ server: server.url, ok: true });
      expect(partsOf(told.stdout)).toEqual(
        expect.arrayContaining(['server', 'clock', 'database', 'disk', 'webhooks']),
      );
    },
    LIMIT_MS,
  );

  it(
    'says what is broken and how to mend it, with exit code 1',
    async () => {
      await start({ GITHUB_URL: NOWHERE, GITHUB_CLIENT_ID: 'an-app', GITHUB_CLIENT_SECRET: 'its-secret' });
      await clawtank('logout', '--server', server.url);
      const stranger = await clawtank('doctor', '--server', server.url);
      expect(stranger).toMatchObject({ code: 0 });
      expect(stranger.stdout).toContain('Sign in as one of them: clawtank login.');
      await clawtank('login', '--user', 'ada', '--server', server.url);
      const signedIn = await clawtank('doctor', '--server', server.url);
      expect(signedIn.code).toBe(1);
      expect(signedIn.stdout).toContain('127.0.0.1:1 can’t be used: fetch failed');
      expect(signedIn.stdout).toContain('See that this node can reach 127.0.0.1:1');
      expect(signedIn.stderr).toContain('broken: sign in github');
    },
    LIMIT_MS,
  );

  it(
    'says that nothing answers',
    async () => {
      const ran = await clawtank('doctor', '--server', NOWHERE, '--json');
      expect(ran.code).toBe(1);
      expect(JSON.parse(ran.stdout)).toMatchObject({
        ok: false,
        findings: [{ part: 'server', state: 'broken' }],
      });
    },
    LIMIT_MS,
  );
});
