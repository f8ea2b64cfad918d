import { roomStream } from '@clawtank/contracts';
import { createTestDatabase } from '@clawtank/database/testing';
import {
  type AnyFrame,
  frameText,
  type FeedSink,
  logMigrations,
  LogReader,
  readStretch,
  StreamHub,
  SYSTEM_ACTOR,
  toFrame,
  UnitOfWork,
} from '@clawtank/events';
import { InProcessBus } from '@clawtank/events/testing';
import { newId } from '@clawtank/kernel';
import { TableProjector } from '@clawtank/spectators';
import { aText } from '../event.js';
import { compare, type Row } from '../row.js';

const EVENTS = 1_000;
const RECENT = 400;
const ROUNDS = 7;

/** A reader that comes back: rows to objects to text each time, or what the feed has at hand. */
export async function replay(): Promise<readonly Row[]> {
  const test = await createTestDatabase([...logMigrations]);
  const bus = new InProcessBus();
  const reader = new LogReader(test.database);
  const projector = new TableProjector();
  const hub = new StreamHub(bus, reader, projector);
  const roomId = newId();
  const stream = roomStream(roomId);
  try {
    await fill(new UnitOfWork(test.database, bus), roomId);
    const rows = async (after: number): Promise<void> => {
      const stretch = await test.database.transaction((tx) => readStretch(tx, stream, after, EVENTS));
      if ('resync' in stretch) throw new Error('resync');
      JSON.stringify(toFrame(stretch, 'member', projector));
    };
    const subscriptions: { close(): void }[] = [];
    const feed = (after: number): Promise<void> => follow(hub, stream, after, subscriptions);
    await feed(EVENTS - RECENT);
    const figures = { all: [[], []], recent: [[], []] } as { all: number[][]; recent: number[][] };
    for (let round = 0; round < ROUNDS; round += 1) {
      figures.all[0]?.push(await perSecond(() => feed(0)));
      figures.all[1]?.push(await perSecond(() => rows(0)));
      figures.recent[0]?.push(await perSecond(() => feed(EVENTS - RECENT)));
      figures.recent[1]?.push(await perSecond(() => rows(EVENTS - RECENT)));
      // The last one stays, as somebody who watches.
      for (const subscription of subscriptions.splice(1)) subscription.close();
    }
    const common = { unit: 'replays/s', better: 'higher' } as const;
    const of = ([ours = [], peer = []]: number[][]) => ({ ours, peer });
    return [
      compare({
        ...common,
        name: `replay of ${String(EVENTS)} events, rows to objects`,
        ...of(figures.all),
        goal: 2.5,
      }),
      compare({
        ...common,
        name: `replay of the last ${String(RECENT)}, rows to objects`,
        ...of(figures.recent),
        goal: 8,
      }),
    ];
  } finally {
    await hub.onApplicationShutdown();
    await test.drop();
  }
}

const texts = new WeakMap<AnyFrame, string>();

/** Reads up to the end as a socket does: each frame object's text is made once. */
function follow(
  hub: StreamHub,
  stream: string,
  after: number,
  subscriptions: { close(): void }[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const sink: FeedSink = {
      frame: (frame) => {
        if (!texts.has(frame)) texts.set(frame, frameText(frame));
        if (frame.to === EVENTS) resolve();
      },
      resync: () => reject(new Error('resync')),
      signal: () => undefined,
      mayContinue: () => true,
      ended: () => undefined,
    };
    void hub
      .subscribe(stream, 'member', after, sink)
      .then((subscription) => subscriptions.push(subscription));
  });
}

async function fill(work: UnitOfWork, roomId: string): Promise<void> {
  await work.run(async (tx) => {
    await tx.openStream(roomStream(roomId));
    await tx.lockRoom(roomId);
    for (let index = 0; index < EVENTS; index += 1) {
      const id = newId();
      const data = { message_id: id, text: aText(), mentions: [], reply_to: null, origin: 'member' } as const;
      tx.appendToRoom(roomId, { id, type: 'chat.message', actor: SYSTEM_ACTOR, data });
    }
  });
}

async function perSecond(once: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  let count = 0;
  for (; performance.now() - begun < 250; count += 1) await once();
  return count / ((performance.now() - begun) / 1_000);
}
