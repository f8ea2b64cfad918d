import { randomInt, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Envelope, Frame } from '@clawtank/contracts';
import { Rest } from '../demo/src/rest.js';
import { type RunningServer, startServer } from '../demo/src/server-process.js';

const ROUNDS = 3;
const WRITERS = 8;
const LIMIT_MS = 180_000;
/** The writers must meet the end of the server, not a limit. */
const UNHURRIED = { LIMITS_COMMANDS_BURST: '1000000', LIMITS_CHAT_BURST: '1000000' };

interface Said {
  readonly id: string;
  readonly text: string;
  seq: number | null;
}

let dataDir: string;
let server: RunningServer | undefined;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'clawtank crash '));
  // Root's PostgreSQL runs as another account and keeps its files here only if it may pass.
  await chmod(dataDir, 0o711);
});
afterAll(async () => {
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function say(rest: Rest, roomId: string, said: Said): Promise<void> {
  const ack = await rest.post<{ seq: number }>(`/rooms/${roomId}/messages`, { text: said.text }, said.id);
  said.seq = ack.seq;
}

/** Writes until the server is gone; what was attempted and what was acknowledged stays in `all`. */
async function writer(rest: Rest, roomId: string, all: Said[], name: string): Promise<void> {
  for (let n = 0; ; n += 1) {
    const said: Said = { id: randomUUID(), text: `${name} line ${n}`, seq: null };
    all.push(said);
    try {
      await say(rest, roomId, said);
    } catch {
      return;
    }
  }
}

async function readLog(rest: Rest, roomId: string): Promise<Envelope[]> {
  const events: Envelope[] = [];
  for (;;) {
    const after = events.length;
    const frame = await rest.get<Frame<Envelope>>(`/rooms/${roomId}/events?after=${after}&limit=1000`);
    if (frame.events.length === 0) return events;
    events.push(...frame.events);
  }
}

describe('a server killed in the middle of commands', () => {
  it(
    'has kept every acknowledged one, each once, in a log without gaps',
    async () => {
      const seed = randomInt(1_000_000);
      console.log(`seed ${seed}`);
      const login = { login: 'mira', password: 'correct horse battery' };
      const all: Said[] = [];
      server = await startServer(dataDir, UNHURRIED);
      await new Rest(server.url).post('/auth/register', {
        username: 'mira',
        email: 'mira@example.org',
        password: login.password,
      });
      let roomId = '';
      for (let round = 0; round < ROUNDS; round += 1) {
        const { access_token: token } = await new Rest(server.url).post<{ access_token: string }>(
          '/auth/login',
          login,
        );
        const rest = new Rest(server.url, token);
        if (!roomId) {
          const created = await rest.post<{ room: { id: string } }>('/rooms', {
            name: 'Crash',
            visibility: 'private',
          });
          roomId = created.room.id;
        }
        const writers = Array.from({ length: WRITERS }, (_, n) =>
          writer(rest, roomId, all, `r${round}w${n}`),
        );
        const before = all.length;
        // At least some are acknowledged in each round, whatever the machine is busy with.
        while (all.slice(before).filter((said) => said.seq !== null).length < WRITERS) await delay(5);
        await delay((seed * (round + 7)) % 300);
        await server.kill();
        await Promise.all(writers);
        server = await startServer(dataDir, UNHURRIED);
      }
      const { access_token: token } = await new Rest(server.url).post<{ access_token: string }>(
        '/auth/login',
        login,
      );
      const rest = new Rest(server.url, token);
      const acked = all.filter((said) => said.seq !== null).map((said) => ({ ...said }));
      expect(acked.length).toBeGreaterThan(WRITERS);
      // Everyone asks again with the same ids, the acknowledged ones too.
      for (const said of all) await say(rest, roomId, said);
      const log = await readLog(rest, roomId);
      expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
      for (const said of acked) {
        const event = log[(said.seq ?? 0) - 1];
        expect(event).toMatchObject({ type: 'chat.message', data: { text: said.text } });
        expect(all.find((other) => other.id === said.id)?.seq).toBe(said.seq);
      }
      const texts = log
        .filter((event) => event.type === 'chat.message')
        .map((event) => (event.data as { text: string }).text);
      expect(texts.filter((text) => text.startsWith('r')).sort()).toEqual(
        all.map((said) => said.text).sort(),
      );
    },
    LIMIT_MS,
  );
});
