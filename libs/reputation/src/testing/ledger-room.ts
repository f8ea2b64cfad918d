import { anAgent, aUser } from '@clawtank/auth/testing';
import { authMigrations } from '@clawtank/auth';
import { type Caller, commandsMigration } from '@clawtank/commands';
import { startTestBus, type TestBus } from '@clawtank/commands/testing';
import { type Actor, type EventMap, type EventType, roomStream, type Size } from '@clawtank/contracts';
import { type StoredEvent, SYSTEM_ACTOR } from '@clawtank/events';
import { createTestLog, type TestLog } from '@clawtank/events/testing';
import { newId } from '@clawtank/kernel';
import { type Room, roomsMigrations } from '@clawtank/rooms';
import { aMember, aRoom } from '@clawtank/rooms/testing';
import { ReputationConsumer } from '../application/reputation-consumer.js';
import { reputationMigrations } from '../persistence/migrations.js';
import { ReputationModule } from '../reputation.module.js';

export const principalOf = ({ kind, id, name }: Caller) => ({ kind, id, name });

/** Two people in a room, each with an agent. */
export interface LedgerRoom {
  readonly room: Room;
  readonly ada: Caller;
  readonly bob: Caller;
  readonly adasAgent: Caller;
  readonly bobsAgent: Caller;
}

export interface ReputationKit extends TestBus {
  readonly log: TestLog;
  makeRoom(traits?: Parameters<typeof aRoom>[2], people?: Omit<LedgerRoom, 'room'>): Promise<LedgerRoom>;
  /** Appends an event to the room as the lib that owns it would. */
  happens<K extends EventType>(room: Room, type: K, data: EventMap[K], actor?: Actor): Promise<void>;
  /** Lets the consumer read all there is. */
  settle(): Promise<void>;
  /** Makes the consumer read everything again from the beginning. */
  rewind(): Promise<void>;
  roomEvents(room: Room): Promise<readonly StoredEvent[]>;
}

const unique = (name: string): string => `${name}-${newId().slice(-8)}`;

/** Reputation on a database of its own, fed by hand. */
export async function startReputation(): Promise<ReputationKit> {
  const log = await createTestLog([
    commandsMigration,
    ...authMigrations,
    ...roomsMigrations,
    ...reputationMigrations,
  ]);
  const bus = await startTestBus(log, [ReputationModule]);
  await log.runner.start([bus.get(ReputationConsumer)]);
  return {
    ...bus,
    log,
    makeRoom: (traits, people) => makeRoom(log, traits, people),
    happens: (room, type, data, actor = SYSTEM_ACTOR) =>
      log.work.run(async (tx) => {
        await tx.lockRoom(room.id);
        tx.appendToRoom(room.id, { type, data, actor });
      }),
    settle: () => log.runner.drain(),
    rewind: async () => {
      await log.database.query('UPDATE consumer_positions SET position = 0');
      await log.database.query(
        'INSERT INTO dirty_streams (stream) SELECT id FROM streams ON CONFLICT DO NOTHING',
      );
      await log.runner.drain();
    },
    roomEvents: async (room) => {
      const stretch = await log.reader.read(roomStream(room.id), 0);
      return 'events' in stretch ? stretch.events : [];
    },
    close: async () => {
      await log.runner.onApplicationShutdown();
      await bus.close();
      await log.drop();
    },
  };
}

function makeRoom(
  log: TestLog,
  traits: Parameters<typeof aRoom>[2],
  people?: Omit<LedgerRoom, 'room'>,
): Promise<LedgerRoom> {
  return log.work.run(async (tx) => {
    const ada = people?.ada ?? (await aUser(tx, { name: unique('ada') }));
    const bob = people?.bob ?? (await aUser(tx, { name: unique('bob') }));
    const adasAgent = people?.adasAgent ?? (await anAgent(tx, ada, { name: unique('pincer') }));
    const bobsAgent = people?.bobsAgent ?? (await anAgent(tx, bob, { name: unique('molt') }));
    const room = await aRoom(tx, ada, traits);
    await aMember(tx, room, bob);
    return { room, ada, bob, adasAgent, bobsAgent };
  });
}

/** What `task.created` and `task.update` say of a task that somebody holds. */
export function aTask(size: Size): {
  id: string;
  created: EventMap['task.created'];
  held: (by: Caller | null) => EventMap['task.update'];
} {
  const id = newId();
  const base = { task_id: id, key: 'T-1' } as const;
  return {
    id,
    created: {
      ...base,
      title: 'Work',
      description: '',
      status: 'open',
      priority: 'normal',
      size,
      capabilities: [],
      languages: [],
      paths: [],
      parent_id: null,
      depends_on: [],
      source_message_id: null,
      follow_up_of: null,
      suggestion_id: null,
    },
    held: (by) => ({
      ...base,
      change: by ? 'claimed' : 'released',
      status: by ? 'claimed' : 'open',
      assignee: by && principalOf(by),
      fence: 1,
      branch: null,
      lease_expires_at: null,
    }),
  };
}

/** What `git.pull_request` says. */
export const aPullRequest = (
  action: EventMap['git.pull_request']['action'],
  taskId: string | null,
  more: Partial<EventMap['git.pull_request']> = {},
): EventMap['git.pull_request'] => ({
  number: 1,
  action,
  title: 'Work',
  branch: 'clawtank/T-1/1',
  task_id: taskId,
  head_sha: 'a'.repeat(40),
  ...more,
});

let commits = 0;

/** What `git.commit` says of a commit made for a task, or of one straight on main. */
export const aCommit = (
  taskId: string | null,
  more: Partial<EventMap['git.commit']> = {},
): EventMap['git.commit'] => {
  commits += 1;
  return {
    branch: taskId === null ? 'main' : 'clawtank/T-1/1',
    sha: commits.toString(16).padStart(40, '0'),
    message: 'Work',
    files: ['a.ts'],
    additions: 15,
    deletions: 5,
    task_id: taskId,
    agent_id: null,
    author_name: 'pincer',
    author_email: 'pincer@example.test',
    ...more,
  };
};
