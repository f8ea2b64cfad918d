import { anAgent, aUser } from '@clawtank/auth/testing';
import { authMigrations } from '@clawtank/auth';
import { type Caller, commandsMigration } from '@clawtank/commands';
import { startTestBus, type TestBus } from '@clawtank/commands/testing';
import { roomStream, userStream } from '@clawtank/contracts';
import type { StoredEvent } from '@clawtank/events';
import { createTestLog, type TestLog } from '@clawtank/events/testing';
import { newId } from '@clawtank/kernel';
import { type Room, roomsMigrations } from '@clawtank/rooms';
import { aMember, aPresentAgent, aRoom } from '@clawtank/rooms/testing';
import { tasksMigrations } from '@clawtank/tasks';
import { ChatModule } from '../chat.module.js';
import { chatMigrations } from '../persistence/all-migrations.js';

type RoomTraits = Parameters<typeof aRoom>[2];

/** A room with its host, a member, the member's agent, and somebody who is not in it. */
export interface ChatRoom {
  readonly room: Room;
  readonly host: Caller;
  readonly member: Caller;
  readonly agent: Caller;
  readonly stranger: Caller;
}

export interface ChatKit extends TestBus {
  readonly log: TestLog;
  makeRoom(traits?: RoomTraits): Promise<ChatRoom>;
  roomEvents(room: Room): Promise<readonly StoredEvent[]>;
  ownEvents(caller: Caller): Promise<readonly StoredEvent[]>;
}

const unique = (name: string): string => `${name}-${newId().slice(-8)}`;

/** Chat on a database of its own. */
export async function startChat(): Promise<ChatKit> {
  const log = await createTestLog([
    commandsMigration,
    ...authMigrations,
    ...roomsMigrations,
    ...tasksMigrations,
    ...chatMigrations,
  ]);
  const bus = await startTestBus(log, [ChatModule]);
  const events = async (stream: string): Promise<readonly StoredEvent[]> => {
    const stretch = await log.reader.read(stream, 0);
    return 'events' in stretch ? stretch.events : [];
  };
  return {
    ...bus,
    log,
    makeRoom: (traits) => makeRoom(log, traits),
    roomEvents: (room) => events(roomStream(room.id)),
    ownEvents: (caller) => events(userStream(caller.id)),
    close: async () => {
      await bus.close();
      await log.drop();
    },
  };
}

function makeRoom(log: TestLog, traits?: RoomTraits): Promise<ChatRoom> {
  return log.work.run(async (tx) => {
    const host = await aUser(tx, { name: unique('ada') });
    const member = await aUser(tx, { name: unique('bob') });
    const agent = await anAgent(tx, member, { name: unique('pincer') });
    const stranger = await aUser(tx, { name: unique('mallory') });
    const room = await aRoom(tx, host, traits);
    await aMember(tx, room, member);
    await aPresentAgent(tx, room, agent);
    return { room, host, member, agent, stranger };
  });
}
