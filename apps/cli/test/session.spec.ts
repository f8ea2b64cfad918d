import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigFolder } from '../src/session/config-folder.js';
import { Credentials, type StoredSession } from '../src/session/credentials.js';
import { SessionTokens } from '../src/session/session-tokens.js';

let folder: string;
let http: Server;
let credentials: Credentials;
let shown: string[];

/** A server on which each refresh token works once. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawtank home-'));
  shown = [];
  http = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { refresh_token } = JSON.parse(body) as { refresh_token: string };
      const used = shown.includes(refresh_token);
      shown.push(refresh_token);
      const next = {
        refresh_token: `r${shown.length + 1}`,
        access_token: `a${shown.length + 1}`,
        expires_in: 600,
      };
      const user = { id: 'ada', username: 'ada' };
      const error = { code: 'AUTHENTICATION_FAILED', reason: 'auth.refresh_reused', message: 'Used twice.' };
      response.writeHead(used ? 401 : 200).end(JSON.stringify(used ? error : { user, ...next }));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  credentials = new Credentials(
    new ConfigFolder(folder),
    `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
  );
});
afterEach(async () => {
  await new Promise((resolve) => http.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const session = (expiresIn: number): StoredSession => ({
  username: 'ada',
  user_id: 'ada',
  refresh_token: 'r1',
  access_token: 'a1',
  expires_at: Date.now() + expiresIn * 1000,
});
const tokenOf = async (tokens: SessionTokens): Promise<string> => (await tokens.access()).token;

describe('a session on disk', () => {
  it('can be read by its owner alone', () => {
    credentials.saveSession(session(600));
    const file = join(
      folder,
      'servers',
      credentials.server.replace('http://', '').replace(':', '_'),
      'session.json',
    );
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(join(folder, 'servers')).mode & 0o777).toString(8)).toBe('700');
  });

  it('is used as long as it is good', async () => {
    credentials.saveSession(session(600));
    expect(await tokenOf(new SessionTokens(credentials))).toBe('a1');
    expect(shown).toEqual([]);
  });

  it('is renewed ahead of its end, and kept', async () => {
    credentials.saveSession(session(30));
    expect(await tokenOf(new SessionTokens(credentials))).toBe('a2');
    expect(credentials.session()).toMatchObject({ access_token: 'a2', refresh_token: 'r2' });
  });

  it('is renewed once by many processes at the same time', async () => {
    credentials.saveSession(session(30));
    const all = Array.from({ length: 8 }, () => tokenOf(new SessionTokens(credentials)));
    expect(new Set(await Promise.all(all))).toEqual(new Set(['a2']));
    expect(shown).toEqual(['r1']);
  });

  it('is renewed when the server refuses its token', async () => {
    credentials.saveSession(session(600));
    const tokens = new SessionTokens(credentials);
    tokens.refuse(await tokenOf(tokens));
    expect(await tokenOf(tokens)).toBe('a2');
  });

  it('is taken from the file that another process has renewed', async () => {
    credentials.saveSession(session(600));
    const tokens = new SessionTokens(credentials);
    await tokens.access();
    credentials.saveSession({ ...session(600), access_token: 'a9', refresh_token: 'r9' });
    expect(await tokenOf(tokens)).toBe('a9');
  });

  it('is missed by its name when there is none', async () => {
    await expect(new SessionTokens(credentials).access()).rejects.toMatchObject({
      reason: 'cli.not_signed_in',
    });
  });
});
