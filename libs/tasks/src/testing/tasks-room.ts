import { authMigrations } from '@clawtank/auth';
import { anAgent, aUser } from '@clawtank/auth/testing';
import { type Caller, commandsMigration } from '@clawtank/commands';
import { startTestBus, type TestBus } from '@clawtank/commands/testing';
import {
  type CommandInputOf,
  type CommandName,
  type CommandReplyOf,
  type EventMap,
  type EventType,
  roomStream,
  type TaskView,
  userStream,
} from '@clawtank/contracts';
import { isEvent, type LogTx, type StoredEvent } from '@clawtank/events';
import { createTestLog, type TestLog } from '@clawtank/events/testing';
import { newId } from '@clawtank/kernel';
import { type Room, roomsMigrations } from '@clawtank/rooms';
import { aMember, aPresentAgent, aRoom } from '@clawtank/rooms/testing';
import { AgentStandings } from '../application/agent-standings.js';
import { ReleaseDeparted } from '../application/release-departed.js';
import { TaskOffers } from '../application/task-offers.js';
import { tasksMigrations } from '../persistence/all-migrations.js';
import { TasksModule } from '../tasks.module.js';

type RoomTraits = Parameters<typeof aRoom>[2];
type AgentTraits = NonNullable<Parameters<typeof aPresentAgent>[3]>;

/** A room with its host, a member, the agent of each, and somebody who is not in it. */
export interface TasksRoom {
  readonly room: Room;
  readonly host: Caller;
  readonly member: Caller;
  /** The host's. */
  readonly clawdia: Caller;
  /** The member's. */
  readonly pincer: Caller;
  readonly stranger: Caller;
}

type TaskCommand = Extract<CommandName, `task.${string}`>;

export interface TasksKit {
  readonly log: TestLog;
  readonly bus: TestBus;
  makeRoom(traits?: RoomTraits, agents?: AgentTraits): Promise<TasksRoom>;
  /** One more agent of that owner, present in the room. */
  anAgentIn(room: Room, owner: Caller, traits?: AgentTraits): Promise<Caller>;
  run<N extends TaskCommand>(caller: Caller, name: N, input: CommandInputOf<N>): Promise<CommandReplyOf<N>>;
  create(caller: Caller, room: Room, input?: Partial<CommandInputOf<'task.create'>>): Promise<TaskView>;
  task(caller: Caller, id: string): Promise<TaskView>;
  /** Work in the room, which is locked. */
  inRoom<T>(room: Room, work: (tx: LogTx) => Promise<T>): Promise<T>;
  /** Data of the room's events of a type, oldest first. */
  roomEvents<K extends EventType>(room: Room, type: K): Promise<EventMap[K][]>;
  /** Likewise of somebody's own stream. */
  ownEvents<K extends EventType>(caller: Caller, type: K): Promise<EventMap[K][]>;
  /** Lets the consumers catch up. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const unique = (name: string): string => `${name}-${newId().slice(-8)}`;

/** Tasks on a database of its own. */
export async function startTasks(): Promise<TasksKit> {
  const log = await createTestLog([
    commandsMigration,
    ...authMigrations,
    ...roomsMigrations,
    ...tasksMigrations,
  ]);
  const bus = await startTestBus(log, [TasksModule]);
  let started = false;
  const kit: TasksKit = {
    log,
    bus,
    makeRoom: (traits, agents) => makeRoom(log, traits, agents),
    anAgentIn: (room, owner, traits) =>
      kit.inRoom(room, async (tx) => {
        const agent = await anAgent(tx, owner, { name: unique('crab') });
        await aPresentAgent(tx, room, agent, traits);
        return agent;
      }),
    run: (caller, name, input) => bus.command(caller, name, input),
    create: async (caller, room, input = {}) =>
      (await kit.run(caller, 'task.create', { room_id: room.id, title: 'Add a footer', ...input })).task,
    task: async (caller, id) =>
      (await bus.query<{ task: TaskView }>(caller, 'tasks.get', { task_id: id })).task,
    inRoom: (room, work) =>
      log.work.run(async (tx) => {
        await tx.lockRoom(room.id);
        return work(tx);
      }),
    roomEvents: (room, type) => read(log, roomStream(room.id), type),
    ownEvents: (caller, type) => read(log, userStream(caller.id), type),
    settle: async () => {
      if (!started)
        await log.runner.start([bus.get(TaskOffers), bus.get(AgentStandings), bus.get(ReleaseDeparted)]);
      started = true;
      await log.runner.drain();
    },
    close: async () => {
      await log.runner.onApplicationShutdown();
      await bus.close();
      await log.drop();
    },
  };
  return kit;
}

async function read<K extends EventType>(log: TestLog, stream: string, type: K): Promise<EventMap[K][]> {
  const events: StoredEvent[] = [];
  for (let after = 0; ; ) {
    const stretch = await log.reader.read(stream, after);
    if (!('events' in stretch) || stretch.events.length === 0) break;
    events.push(...stretch.events);
    after = stretch.to;
  }
  return events.flatMap((event) => (isEvent(event, type) ? [event.data] : []));
}

function makeRoom(log: TestLog, traits?: RoomTraits, agents?: AgentTraits): Promise<TasksRoom> {
  return log.work.run(async (tx) => {
    const host = await aUser(tx, { name: unique('ada') });
    const member = await aUser(tx, { name: unique('bob') });
    const clawdia = await anAgent(tx, host, { name: unique('clawdia') });
    const pincer = await anAgent(tx, member, { name: unique('pincer') });
    const stranger = await aUser(tx, { name: unique('mallory') });
    const room = await aRoom(tx, host, { state: 'collaborating', ...traits });
    await aMember(tx, room, member);
    for (const agent of [clawdia, pincer]) await aPresentAgent(tx, room, agent, agents);
    return { room, host, member, clawdia, pincer, stranger };
  });
}
