import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { aUser } from '@clawtank/auth/testing';
import { CommandBus, QueryBus } from '@clawtank/commands';
import { roomStream } from '@clawtank/contracts';
import { Database } from '@clawtank/database';
import { createTestDatabase } from '@clawtank/database/testing';
import {
  type AnyFrame,
  Bus,
  type FeedSink,
  newsChannel,
  StreamHub,
  type Subscription,
  SYSTEM_ACTOR,
  UnitOfWork,
} from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { MIGRATIONS, PlatformModule } from '@clawtank/platform';
import { aText, anEvent } from '../event.js';
import { median } from '../row.js';
import { cpuMicros, serve } from './serve.js';

/** Those who read each room of the many: three spectators and a member. */
const READERS = ['spectator', 'spectator', 'spectator', 'member'] as const;
/** Longer than the window of spectators, so that batching flatters no size. */
const ROUND_MS = 120;
const PATIENCE_MS = 20_000;

const test = await createTestDatabase(MIGRATIONS);
const gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-bench-'));
const env = { DATABASE_URL: test.url, GIT_ROOT: gitRoot, CLAWTANK_WORKERS: 'false' };
@Module({ imports: [PlatformModule.forRoot({ env })] })
class Root {}
const app = await NestFactory.createApplicationContext(Root, { logger: ['error'] });
const hub = app.get(StreamHub, { strict: false });
const bus = app.get(Bus, { strict: false });
const database = app.get(Database, { strict: false });
const work = app.get(UnitOfWork, { strict: false });
const queries = app.get(QueryBus, { strict: false });
const host = await database.transaction((tx) => aUser(tx, { name: 'host' }));
const epoch = (await database.query<{ epoch: string }>('SELECT epoch FROM log_epoch'))[0]?.epoch ?? '';

const texts = new WeakMap<AnyFrame, string>();

/** Reads as a socket does: each frame object's text is made once. */
function sink(onFrame: (frame: AnyFrame) => void): FeedSink {
  return {
    frame: (frame) => {
      if (!texts.has(frame)) texts.set(frame, JSON.stringify(frame));
      onFrame(frame);
    },
    resync: () => undefined,
    signal: () => undefined,
    mayContinue: () => true,
    ended: () => undefined,
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function held(): number {
  for (let time = 0; time < 3; time += 1) global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Follows many rooms and tells each of them something, several times. */
async function manyRooms(count: number): Promise<object> {
  const rows = await database.query<{ id: string }>(
    "INSERT INTO streams (id) SELECT 'room:' || gen_random_uuid() FROM generate_series(1, $1) RETURNING id",
    [count],
  );
  const streams = rows.map(({ id }) => id);
  const before = held();
  let heard = 0;
  const subscriptions: Subscription[] = [];
  for (let done = 0; done < streams.length; done += 200) {
    const some = streams.slice(done, done + 200);
    const opened = some.flatMap((stream) =>
      READERS.map((audience) =>
        hub.subscribe(
          stream,
          audience,
          0,
          sink((frame) => (heard += frame.events.length)),
        ),
      ),
    );
    subscriptions.push(...(await Promise.all(opened)));
  }
  // Each looks once into the log for what it might have missed, and hears nothing meanwhile.
  await pause(Math.max(500, count * 2));
  const after = held();
  const rounds = Math.min(Math.max(Math.round(20_000 / count), 2), 40);
  const costs: number[] = [];
  for (let seq = 1; seq <= rounds; seq += 1) {
    const [cpu, expected] = [cpuMicros(), heard + count * READERS.length];
    for (const stream of streams) {
      const news = { stream, epoch, from: seq, to: seq, events: [anEvent(stream, seq)] };
      void bus.publish(newsChannel(stream), JSON.stringify(news));
    }
    const until = performance.now() + PATIENCE_MS;
    while (heard < expected) {
      if (performance.now() > until) throw new Error(`heard ${String(heard)} of ${String(expected)}`);
      await pause(1);
    }
    costs.push((cpuMicros() - cpu) / count);
    await pause(ROUND_MS);
  }
  for (const subscription of subscriptions) subscription.close();
  await database.query('DELETE FROM streams WHERE id = ANY($1)', [streams]);
  return { eventsPerSecond: 1_000_000 / median(costs), kibPerRoom: (after - before) / count / 1_024 };
}

/** Events written in one statement, which may not take longer than any other. */
const AT_ONCE = 50_000;

async function insertEvents(roomId: string, after: number, to: number): Promise<void> {
  await database.query(
    `INSERT INTO stream_events (stream, seq, id, type, room_id, at, actor, data)
     SELECT $1, n, gen_random_uuid(), 'chat.message', $2::uuid, clock_timestamp(),
            jsonb_build_object('kind', 'human', 'id', $5::text, 'name', 'host'),
            jsonb_build_object('message_id', gen_random_uuid(), 'text', $6::text, 'mentions', '[]'::jsonb,
                               'reply_to', null, 'origin', 'member')
     FROM generate_series($3::bigint + 1, $4::bigint) n`,
    [roomStream(roomId), roomId, after, to, host.id, aText()],
  );
}

/** A room of this many messages, the last 20,000 at most with their text beside the log. */
async function aRoom(events: number): Promise<string> {
  const made = await app
    .get(CommandBus, { strict: false })
    .run(
      'room.create',
      { name: `Log ${String(events)}`, visibility: 'private' },
      { caller: host, requestId: newId() },
    );
  const roomId = (made as { room: { id: string } }).room.id;
  const head = await headOf(roomId);
  await database.query(
    `INSERT INTO messages (id, room_id, seq, text_seq, author_kind, author_id, author_name, origin, text)
     SELECT gen_random_uuid(), $1::uuid, n, n, 'human', $4, 'host', 'member', $5
     FROM generate_series($2::bigint + 1, $2::bigint + least($3::bigint, 20000)) n`,
    [roomId, head, events, host.id, aText()],
  );
  for (let from = 0; from < events; from += AT_ONCE) {
    await insertEvents(roomId, head + from, head + Math.min(from + AT_ONCE, events));
  }
  await database.query('UPDATE streams SET head = $2 WHERE id = $1', [roomStream(roomId), head + events]);
  await database.query('ANALYZE stream_events');
  return roomId;
}

const headOf = async (roomId: string): Promise<number> =>
  (await database.query<{ head: number }>('SELECT head FROM streams WHERE id = $1', [roomStream(roomId)]))[0]
    ?.head ?? 0;

async function timed(times: number, once: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const begun = performance.now();
    await once();
    took.push(performance.now() - begun);
  }
  return took.sort((a, b) => a - b);
}

/** Follows from a position to the head as somebody who comes back. */
async function resume(roomId: string, back: number): Promise<void> {
  const head = await headOf(roomId);
  await new Promise<void>((resolve) => {
    let subscription: Subscription | undefined;
    const done = (frame: AnyFrame): void => {
      if (frame.to < head) return;
      subscription?.close();
      resolve();
    };
    void hub.subscribe(roomStream(roomId), 'member', Math.max(head - back, 0), sink(done)).then((opened) => {
      subscription = opened;
    });
  });
}

/** A room with a long past: what happens in it now, who comes back to it, and who follows it. */
async function longLog(events: number): Promise<object> {
  const roomId = await aRoom(events);
  const before = held();
  const follower = await hub.subscribe(
    roomStream(roomId),
    'member',
    await headOf(roomId),
    sink(() => undefined),
  );
  await pause(200);
  const after = held();
  const append = (): Promise<void> =>
    work.run(async (tx) => {
      await tx.lockRoom(roomId);
      const data = {
        message_id: newId(),
        text: aText(),
        mentions: [],
        reply_to: null,
        origin: 'member',
      } as const;
      tx.appendToRoom(roomId, { type: 'chat.message', actor: SYSTEM_ACTOR, data });
    });
  await timed(20, append);
  const appends = await timed(150, append);
  follower.close();
  await pause(50);
  const resumes = await timed(20, () => resume(roomId, 100));
  return {
    eventsPerSecond: 1_000 / median(appends),
    resumeMs: median(resumes),
    kibToFollow: Math.max(after - before, 0) / 1_024,
  };
}

/** How long context packages of a room with so long a past take, sorted, in milliseconds. */
async function context(events: number): Promise<object> {
  const roomId = await aRoom(events);
  const read = (): Promise<unknown> =>
    queries.run('rooms.context', { room_id: roomId }, { caller: host, requestId: newId() });
  await timed(20, read);
  return { took: await timed(200, read) };
}

serve(
  {},
  (question) => {
    if (question['rooms']) return manyRooms(Number(question['rooms']));
    if (question['log']) return longLog(Number(question['log']));
    return context(Number(question['context']));
  },
  async () => {
    await app.close();
    await test.drop();
    await rm(gitRoot, { recursive: true, force: true });
  },
);
