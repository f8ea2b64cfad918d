import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessTokens } from '@clawtank/auth';
import { aUser } from '@clawtank/auth/testing';
import { CommandBus } from '@clawtank/commands';
import { roomStream } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import { createTestDatabase } from '@clawtank/database/testing';
import { Bus, LogReader, newsChannel } from '@clawtank/events';
import { GatewayModule, prepareGateway } from '@clawtank/gateway';
import { HttpConfig } from '@clawtank/http';
import { newId } from '@clawtank/kernel';
import { MIGRATIONS, PlatformModule } from '@clawtank/platform';
import { anEvent } from '../event.js';
import { paced, serve } from './serve.js';

const MEMBERS = 16;

const test = await createTestDatabase(MIGRATIONS);
const gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-bench-'));
const env = {
  DATABASE_URL: test.url,
  GIT_ROOT: gitRoot,
  CLAWTANK_WORKERS: 'false',
  TRUST_PROXY_HOPS: '1',
  ...(process.env['BENCH_REDIS_URL'] ? { REDIS_URL: process.env['BENCH_REDIS_URL'] } : {}),
  // What is measured is the way of a command, not the patience of its limits.
  LIMITS_COMMANDS_BURST: '1000000',
  LIMITS_CHAT_BURST: '1000000',
  LIMITS_ADDRESS_CONNECTIONS_BURST: '1000000',
};
@Module({ imports: [PlatformModule.forRoot({ env, configs: [HttpConfig] }), GatewayModule] })
class Root {}
const app = await NestFactory.create<NestFastifyApplication>(Root, new FastifyAdapter(), {
  logger: ['error'],
});
prepareGateway(app);
await app.listen(0, '127.0.0.1');

const commands = app.get(CommandBus, { strict: false });
const tokens = app.get(AccessTokens, { strict: false });
const database = app.get(Database, { strict: false });
const people = [];
for (let index = 0; index < MEMBERS; index += 1) {
  people.push(await database.transaction((tx) => aUser(tx, { name: `member${String(index)}` })));
}
const [host, ...others] = people;
if (!host) throw new Error('nobody is there');
const run = (name: string, input: object): Promise<object> =>
  commands.run(name, input, { caller: host, requestId: newId() });
const made = (await run('room.create', { name: 'Bench', visibility: 'public' })) as { room: { id: string } };
const roomId = made.room.id;
for (const { id } of others) await run('member.add', { room_id: roomId, user_id: id, role: 'member' });

const stream = roomStream(roomId);
const position = await app.get(LogReader, { strict: false }).read(stream, 0);
let seq = 'head' in position ? position.head : 0;
const epoch = 'epoch' in position ? position.epoch : '';
const bus = app.get(Bus, { strict: false });

/** News as it comes from another process. */
function announce(count: number): void {
  const events = Array.from({ length: count }, (_, index) => anEvent(stream, seq + index + 1));
  void bus.publish(
    newsChannel(stream),
    JSON.stringify({ stream, epoch, from: seq + 1, to: seq + count, events }),
  );
  seq += count;
}

serve(
  {
    url: await app.getUrl(),
    roomId,
    head: seq,
    epoch,
    databaseUrl: test.url,
    tokens: await Promise.all(
      people.map(async ({ id }) => (await tokens.sign({ sub: id, kind: 'human' })).access_token),
    ),
  },
  async (question) => {
    return { cpu: await paced(Number(question['count']), Number(question['everyMs']), () => announce(1)) };
  },
  async () => {
    await app.close();
    await test.drop();
    await rm(gitRoot, { recursive: true, force: true });
  },
);
