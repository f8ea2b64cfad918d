import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { io, type Socket } from 'socket.io-client';
import { createAdapter, prepareApi } from '@clawtank/api';
import { AccessTokens } from '@clawtank/auth';
import { aUser } from '@clawtank/auth/testing';
import type { Caller } from '@clawtank/commands';
import type { Ack, CommandName, WireError } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import { createTestDatabase, type TestDatabase } from '@clawtank/database/testing';
import { prepareGateway } from '@clawtank/gateway';
import { newId } from '@clawtank/kernel';
import { MIGRATIONS } from '@clawtank/platform';
import { testEnvironment } from '@clawtank/platform/testing';
import { ServerModule } from '../src/server.module.js';

interface Person {
  readonly caller: Caller;
  readonly token: string;
  readonly socket: Socket;
}

interface Answer {
  readonly ok: boolean;
  /** What the command returned, or the fields of its error that both doors have. */
  readonly said: Record<string, unknown>;
}

describe('one command at both doors', () => {
  let test: TestDatabase;
  let gitRoot: string;
  let app: NestFastifyApplication;
  let url: string;
  let ada: Person;
  let bob: Person;
  let room: { id: string; slug: string };

  beforeAll(async () => {
    test = await createTestDatabase(MIGRATIONS);
    gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-doors-'));
    const root = ServerModule.forRoot(testEnvironment(test, gitRoot));
    app = await NestFactory.create<NestFastifyApplication>(root, createAdapter(), {
      bodyParser: false,
      logger: ['error'],
      abortOnError: false,
    });
    prepareApi(app);
    prepareGateway(app);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    [ada, bob] = [await aPerson('ada'), await aPerson('bob')];
    const made = await rest(ada, 'POST', 'rooms', { name: 'Tank', visibility: 'private' });
    room = made.said['room'] as typeof room;
  });
  afterAll(async () => {
    for (const person of [ada, bob]) person.socket.disconnect();
    await app.close();
    await test.drop();
    await rm(gitRoot, { recursive: true, force: true });
  });

  async function aPerson(name: string): Promise<Person> {
    const caller = await app.get(Database, { strict: false }).transaction((tx) => aUser(tx, { name }));
    const { access_token: token } = await app
      .get(AccessTokens, { strict: false })
      .sign({ sub: caller.id, kind: 'human' });
    const socket = io(url, { transports: ['websocket'], forceNew: true, auth: { token } });
    await new Promise((resolve) => socket.once('ready', resolve));
    return { caller, token, socket };
  }

  const errorOf = ({ code, reason, message, details, errors }: WireError): Record<string, unknown> =>
    JSON.parse(JSON.stringify({ code, reason, message, details, errors }));

  async function rest(
    { token }: Person,
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const said = (await response.json()) as Record<string, unknown> & WireError;
    return { ok: response.ok, said: response.ok ? said : errorOf(said) };
  }

  const socket = (person: Person, name: CommandName, input: object): Promise<Answer> =>
    new Promise((resolve) => {
      person.socket.emit(name, input, (ack: Ack<Record<string, unknown>>) => {
        resolve(ack.ok ? { ok: true, said: ack.data } : { ok: false, said: errorOf(ack.error) });
      });
    });

  const fieldsOf = ({ ok, said }: Answer) => ({ ok, fields: Object.keys(said).sort() });

  it.each([
    ['says something', 'chat.send', () => `rooms/${room.id}/messages`, { text: 'hello' }],
    ['makes a task', 'task.create', () => `rooms/${room.id}/tasks`, { title: 'A thing' }],
    ['records a decision', 'decision.add', () => `rooms/${room.id}/decisions`, { text: 'We ship.' }],
    ['holds the room', 'room.hold', () => `rooms/${room.id}/hold`, { hold: false }],
  ] as const)('%s: the same answer', async (_name, command, path, body) => {
    const overRest = await rest(ada, 'POST', path(), body);
    const overSocket = await socket(ada, command, { room_id: room.id, ...body });
    expect(overRest.ok).toBe(true);
    expect(fieldsOf(overSocket)).toEqual(fieldsOf(overRest));
  });

  it.each([
    ['an unknown field', 'chat.send', () => [`rooms/${room.id}/messages`, room.id], { text: 'x', colour: 1 }],
    ['a missing field', 'chat.send', () => [`rooms/${room.id}/messages`, room.id], {}],
    [
      'a text that is too long',
      'chat.send',
      () => [`rooms/${room.id}/messages`, room.id],
      { text: 'x'.repeat(20_000) },
    ],
    [
      'a room that is missing',
      'chat.send',
      () => ['rooms/018f4f6e-1b2c-7d3e-8f4a-5b6c7d8e9f0a/messages', '018f4f6e-1b2c-7d3e-8f4a-5b6c7d8e9f0a'],
      { text: 'x' },
    ],
    [
      'somebody who is no user',
      'room.transfer',
      () => [`rooms/${room.id}/transfer`, room.id],
      { user_id: '018f4f6e-1b2c-7d3e-8f4a-5b6c7d8e9f0a' },
    ],
  ] as const)('%s: the same refusal', async (_name, command, place, body) => {
    const [path, room_id] = place();
    const overRest = await rest(ada, 'POST', String(path), body);
    expect(overRest.ok).toBe(false);
    expect(await socket(ada, command, { room_id, ...body })).toEqual(overRest);
  });

  it('is a missing room to a stranger, byte for byte, at both', async () => {
    const missing = newId();
    const answers = [
      ...(await Promise.all(
        [room.id, room.slug, missing].map((id) => rest(bob, 'POST', `rooms/${id}/messages`, { text: 'x' })),
      )),
      ...(await Promise.all(
        [room.id, missing].map((room_id) => socket(bob, 'chat.send', { room_id, text: 'x' })),
      )),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.said['reason']).toBe('room.not_found');
  });

  it('has one effect, whichever door the retry takes', async () => {
    const id = newId();
    const body = { text: 'exactly once' };
    const [first, second] = await Promise.all([
      rest(ada, 'POST', `rooms/${room.slug}/messages`, body, { 'Idempotency-Key': id }),
      socket(ada, 'chat.send', { room_id: room.id, ...body, command_id: id }),
    ]);
    expect(second).toEqual(first);
    const again = await socket(ada, 'chat.send', { room_id: room.id, ...body, command_id: id });
    expect(again).toEqual(first);
    const events = await test.database.query(
      `SELECT 1 FROM stream_events WHERE type = 'chat.message' AND data->>'text' = 'exactly once'`,
    );
    expect(events).toHaveLength(1);
    const other = await rest(
      ada,
      'POST',
      `rooms/${room.id}/messages`,
      { text: 'else' },
      { 'Idempotency-Key': id },
    );
    expect(other.said).toMatchObject({ code: 'CONFLICT', reason: 'command.other_body' });
  });

  it('tells the directory how many watch', async () => {
    const made = await rest(ada, 'POST', 'rooms', { name: 'Aquarium', visibility: 'public' });
    const { id } = made.said['room'] as { id: string };
    const spectator = io(`${url}/spectate`, { transports: ['websocket'], forceNew: true });
    await new Promise((resolve) => spectator.emit('spectate.join', { room: id }, resolve));
    const directory = await rest(ada, 'GET', 'rooms');
    expect(directory.said['items']).toEqual([expect.objectContaining({ id, spectators: 1 })]);
    spectator.disconnect();
  });
});
