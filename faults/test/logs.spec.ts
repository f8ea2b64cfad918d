import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { ask, insist, type Session } from '../src/session.js';
import { Member } from './member.js';
import { Stage } from './stage.js';

const LIMIT_MS = 120_000;
const PATIENCE_MS = 30_000;
const DATABASE = 'CLAWTANK_TEST_DATABASE_URL';
const before = process.env[DATABASE];
/** Each stands somewhere where a careless line would take it along. */
const PLANTED = {
  database: 'planted-in-the-database-url',
  hook: 'planted-secret-of-the-hooks',
  password: 'planted horse battery staple',
  wrongPassword: 'planted and wrong altogether',
  bearer: 'planted-bearer-that-is-no-token',
  cookie: 'planted-cookie-of-a-session',
  agentToken: 'clw_plantedplantedplantedplanted',
  inviteCode: 'planted-invite-code',
  inUrl: 'planted-in-the-query',
  inBody: 'planted-in-a-field',
  inHeader: 'planted-in-a-signature',
} as const;

let stage: Stage;
let mira: Session;
let roomId: string;
const secrets: string[] = Object.values(PLANTED);

beforeAll(async () => {
  const url = new URL(before ?? 'postgres://postgres@127.0.0.1:5432/postgres');
  // Whoever is trusted is let in with any password.
  url.password ||= PLANTED.database;
  secrets.push(url.password);
  process.env[DATABASE] = url.toString();
  stage = await Stage.open({
    nodesOfAKind: 1,
    env: () => ({
      LOG_LEVEL: 'trace',
      GITHUB_WEBHOOK_SECRET: PLANTED.hook,
      DATABASE_CONNECT_TIMEOUT_MS: '500',
    }),
  });
  mira = await stage.person('mira');
  const made = await post<{ room: { id: string } }>('/rooms', { name: 'Logged', visibility: 'private' });
  roomId = made.room.id;
}, LIMIT_MS);
afterAll(async () => {
  if (before === undefined) delete process.env[DATABASE];
  else process.env[DATABASE] = before;
  await stage.close();
}, LIMIT_MS);

const api = (path: string): string => `${stage.cluster.url}/api/v1${path}`;
const post = async <T>(path: string, body: object): Promise<T> =>
  insist<T>(api(path), { token: await mira.access(), body });
const output = (): string => stage.cluster.nodes.flatMap((node) => node.output).join('\n');

async function untilLogged(...words: string[]): Promise<Record<string, unknown>> {
  const limit = Date.now() + PATIENCE_MS;
  for (;;) {
    const line = output()
      .split('\n')
      .find((one) => words.every((word) => one.includes(word)));
    if (line) return JSON.parse(line) as Record<string, unknown>;
    if (Date.now() > limit) throw new Error(`no line has ${words.join(', ')}`);
    await delay(50);
  }
}

/** Knocks at the door for sockets and is refused. */
async function knock(namespace: string, token: string, query: Record<string, string>): Promise<void> {
  const socket = io(`${stage.urlOf('gateway-1')}${namespace}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { token },
    query,
  });
  await new Promise((resolve) => socket.on('connect_error', resolve));
  socket.disconnect();
}

describe('the log lines of the processes', () => {
  it(
    'name request, room and command of what was asked, at both doors',
    async () => {
      const token = await mira.access();
      const member = await Member.at(stage.urlOf('gateway-1'), token);
      const [said, posted] = [randomUUID(), randomUUID()];
      await member.ok('chat.send', { room_id: roomId, text: 'hello', command_id: said });
      await insist(api(`/rooms/${roomId}/messages`), { token, key: posted, body: { text: 'hello' } });
      member.close();
      for (const [id, door] of [
        [said, 'socket'],
        [posted, 'rest'],
      ] as const) {
        expect(await untilLogged(id)).toMatchObject({
          context: 'command',
          command: 'chat.send',
          door,
          room_id: roomId,
          command_id: id,
          outcome: 'ok',
          request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        });
      }
    },
    LIMIT_MS,
  );

  it(
    'hold none of the secrets that came through any door, that of a failing one neither',
    async () => {
      const token = await mira.access();
      const { password, wrongPassword, bearer, cookie, agentToken, inviteCode, inUrl, inBody } = PLANTED;
      const ben = { username: 'ben', email: 'ben@example.org', password };
      const session = await insist<{ access_token: string; refresh_token: string }>(api('/auth/register'), {
        body: { ...ben, client: 'cli' },
      });
      const { agent } = await post<{ agent: { id: string } }>('/agents', { name: 'pincer' });
      const minted = await post<{ token: string }>(`/agents/${agent.id}/tokens`, {});
      const exchanged = await post<{ access_token: string }>('/auth/agent-token', { token: minted.token });
      const invite = await post<{ code: string }>(`/rooms/${roomId}/invites`, { role: 'member' });
      secrets.push(token, session.access_token, session.refresh_token, minted.token, exchanged.access_token);
      secrets.push(invite.code);

      await ask(api('/auth/login'), { body: { login: 'ben', password: wrongPassword } });
      await ask(api('/auth/login'), { body: { login: 'ben', password } });
      await ask(api('/auth/agent-token'), { body: { token: agentToken } });
      await ask(api('/auth/refresh'), { body: { refresh_token: cookie } });
      await ask(api('/invites/accept'), { token, body: { code: inviteCode } });
      await ask(api('/invites/accept'), { token: session.access_token, body: { code: invite.code } });
      await ask(api('/rooms'), { token: bearer, body: { name: inBody } });
      await ask(api(`/nowhere/${inUrl}?token=${inUrl}`), { token });
      await ask(api('/rooms'), { token, body: { name: 7, password: inBody, [inBody]: inBody } });
      await ask(
        `${stage.cluster.url}/git/${inUrl}.git/info/refs?service=git-upload-pack&token=${inUrl}`,
      ).catch(() => undefined);
      await fetch(api('/me'), { headers: { cookie: `clawtank_refresh=${cookie}` } });
      await fetch(`${stage.urlOf('webhook-receiver-1')}/webhooks/github`, {
        method: 'POST',
        body: JSON.stringify({ password: inBody }),
        headers: {
          'content-type': 'application/json',
          'x-github-event': 'push',
          'x-github-delivery': randomUUID(),
          'x-hub-signature-256': PLANTED.inHeader,
        },
      });

      await knock('/', bearer, {});
      await knock('/', token, { token: inUrl });
      await knock('/spectate', bearer, { access_token: inUrl });
      const member = await Member.at(stage.urlOf('gateway-1'), token);
      await member.request(inBody, { room_id: inBody, token: bearer });
      await member.request('chat.send', { room_id: inBody, text: inBody, command_id: inBody });
      await member.request('auth.renew', { token: bearer });
      await member.request('agent.register', { room_id: roomId, model: 7, owner: inBody });

      // The database goes away in the middle of it.
      await stage.gate.close();
      const lost = randomUUID();
      const answer = await member.request('chat.send', { room_id: roomId, text: inBody, command_id: lost });
      expect(answer).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE' } });
      await ask(api('/auth/login'), { body: { login: 'ben', password } });
      await ask(api('/rooms'), { token, body: { name: inBody } });
      member.close();
      expect(await untilLogged(lost)).toMatchObject({
        level: 40,
        command: 'chat.send',
        room_id: roomId,
        command_id: lost,
        outcome: 'UNAVAILABLE',
      });
      await untilLogged('"route":"/api/v1/auth/login"', '"status":503');

      const text = output();
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      const odd = text
        .split('\n')
        .filter((line) => !line.startsWith('{') && !line.startsWith('listening at '));
      expect(odd).toEqual([]);
    },
    LIMIT_MS,
  );
});
