import type { CommandName, QueryName } from '@clawtank/contracts';
import { type Caller, HandlerRegistry, toWireError } from '@clawtank/commands';
import { textOf, type Tx } from '@clawtank/database';
import { LogTx } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import type { Room } from '../domain/room.js';
import { aMember, aRoom } from '../testing.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';
import { enterRoom, viewRoom } from './access.js';

let rooms: RoomsApp;
let ada: Caller;
let eve: Caller;
let evesAgent: Caller;
let hidden: Room;
let banning: Room;
beforeAll(async () => {
  rooms = await createRoomsApp();
  ada = await rooms.aUser('ada');
  eve = await rooms.aUser('eve');
  evesAgent = await rooms.anAgent(eve, 'eves');
  hidden = await rooms.work.run((tx) => aRoom(tx, ada, { visibility: 'private' }));
  banning = await rooms.work.run((tx) => aRoom(tx, ada, { visibility: 'public' }));
  await rooms.run('member.ban', ada, { room_id: banning.id, user_id: eve.id });
});
afterAll(() => rooms.close());

const uuid = newId();
/** A sound input of every command and query on a room, without the room. */
const COMMANDS: Partial<Record<CommandName, object>> = {
  'room.leave': {},
  'room.update': { name: 'x' },
  'room.hold': { hold: true },
  'room.complete': {},
  'room.delete': {},
  'room.transfer': { user_id: uuid },
  'room.retry_setup': {},
  'member.add': { user_id: uuid, role: 'member' },
  'member.set_role': { user_id: uuid, role: 'member' },
  'member.remove': { user_id: uuid },
  'member.ban': { user_id: uuid },
  'member.unban': { user_id: uuid },
  'invite.create': { role: 'member' },
  'invite.revoke': { invite_id: uuid },
  'agent.pause': { agent_id: uuid },
  'agent.resume': { agent_id: uuid },
  'agent.redirect': { agent_id: uuid, instruction: 'x' },
  'agent.set_autonomy': { agent_id: uuid, autonomy: 'low' },
  'agent.disconnect': { agent_id: uuid },
  'agent.unregister': { agent_id: uuid },
  'decision.add': { text: 'x' },
};
const AGENT_COMMANDS: Partial<Record<CommandName, object>> = {
  'agent.register': { model: 'm', capabilities: [] },
  'agent.status': { status: 'ready' },
  'agent.ask': { text: 'x' },
};
const QUERIES: readonly QueryName[] = [
  'rooms.get',
  'rooms.context',
  'rooms.events',
  'members.list',
  'bans.list',
  'invites.list',
  'room_agents.list',
  'decisions.list',
  'questions.list',
  'approvals.list',
];
const NO_ROOM: readonly string[] = [
  'room.create',
  'invite.accept',
  'agent.heartbeat',
  'agent.answer',
  'approval.resolve',
];

const missing = (): readonly string[] => [
  newId(),
  'no-such-room-abc234',
  hidden.id,
  hidden.slug,
  banning.id,
  banning.slug,
];

async function answers(ask: (roomId: string) => Promise<unknown>): Promise<Set<string>> {
  const seen = new Set<string>();
  for (const roomId of missing()) {
    try {
      await ask(roomId);
      seen.add('was let in');
    } catch (error) {
      seen.add(JSON.stringify(toWireError(error, 'r', () => undefined)));
    }
  }
  return seen;
}

const THE_ANSWER = new Set([
  JSON.stringify({ code: 'NOT_FOUND', reason: 'room.not_found', message: 'There is no such room.' }),
]);

it.each(Object.entries(COMMANDS))(
  '%s tells a missing, a hidden and a banning room not apart',
  async (name, input) => {
    expect(await answers((room_id) => rooms.run(name, eve, { room_id, ...input }))).toEqual(THE_ANSWER);
  },
);

it.each(Object.entries({ ...COMMANDS, ...AGENT_COMMANDS }))(
  'nor does %s for an agent',
  async (name, input) => {
    expect(await answers((room_id) => rooms.run(name, evesAgent, { room_id, ...input }))).toEqual(THE_ANSWER);
  },
);

it.each(QUERIES)('%s tells them not apart', async (name) => {
  expect(await answers((room_id) => rooms.ask(name, eve, { room_id }))).toEqual(THE_ANSWER);
});

it('covers every command and query of this lib that names a room', () => {
  const registry = rooms.get(HandlerRegistry);
  const covered = [...Object.keys(COMMANDS), ...Object.keys(AGENT_COMMANDS), ...NO_ROOM].sort();
  expect([...registry.commandNames].sort()).toEqual(covered);
  const elsewhere = ['rooms.list', 'invites.get'];
  expect([...registry.queryNames].sort()).toEqual([...QUERIES, ...elsewhere].sort());
});

/** The statements that an attempt runs, whatever comes of it. */
async function statements(attempt: (tx: LogTx) => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  await rooms.database.transaction(async (tx) => {
    const recording: Tx = {
      query: (sql, params) => {
        seen.push(textOf(sql));
        return tx.query(sql, params);
      },
      execute: (sql, params) => {
        seen.push(textOf(sql));
        return tx.execute(sql, params);
      },
      send: (sql, params) => {
        seen.push(textOf(sql));
        tx.send(sql, params);
      },
      manager: tx.manager,
    };
    await attempt(new LogTx(recording)).catch(() => undefined);
  });
  return seen;
}

it('asks the database the same of all of them', async () => {
  const ways = await Promise.all(
    missing().flatMap((roomId) => [
      statements((tx) => viewRoom(tx, eve, roomId)),
      statements((tx) => enterRoom(tx, eve, roomId)),
    ]),
  );
  expect(new Set(ways.map((way) => way.join('\n'))).size).toBe(1);
  expect(ways[0]).toHaveLength(1);
});

describe('in a public room', () => {
  it('a stranger is told that only members may act', async () => {
    const room = await rooms.work.run((tx) => aRoom(tx, ada, { visibility: 'public' }));
    for (const [name, input] of Object.entries(COMMANDS)) {
      const refused = await rooms.refusal(rooms.run(name, eve, { room_id: room.id, ...input }));
      expect(`${name} ${refused}`).toBe(`${name} FORBIDDEN room.members_only`);
    }
  });

  it('a spectator by invitation may leave, and nothing else', async () => {
    const room = await rooms.work.run((tx) => aRoom(tx, ada));
    await rooms.work.run((tx) => aMember(tx, room, eve, 'spectator'));
    const attempt = rooms.run('decision.add', eve, { room_id: room.id, text: 'x' });
    await expect(rooms.refusal(attempt)).resolves.toBe('FORBIDDEN room.members_only');
    await rooms.run('room.leave', eve, { room_id: room.id });
    expect(await rooms.types(room.id)).toEqual(['room.member_left']);
  });
});
