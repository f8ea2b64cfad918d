import { Logger } from '@nestjs/common';
import type { RoomState, RoomView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import type { Room } from '../domain/room.js';
import { findRoom } from '../persistence/room-rows.js';
import { aPresentAgent, aRoom } from '../testing.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';
import { AgentDepartures } from './agent-departures.js';
import { RoomJobs } from './room-jobs.js';
import { triggerRoom } from './trigger-room.js';

const HOUR_MS = 3_600_000;

let rooms: RoomsApp;
let ada: Caller;
let count = 0;
beforeAll(async () => {
  rooms = await createRoomsApp({ ROOM_SWEEP_SECONDS: '1' });
  ada = await rooms.aUser('ada');
});
afterAll(() => rooms.close());

const reload = async (room: Room): Promise<Room> => {
  const found = await rooms.database.transaction((tx) => findRoom(tx, room.id));
  if (!found) throw new Error('the room is gone');
  return found;
};
/** A room that has walked into the state, so that its timer runs as it would. */
async function walkTo(state: 'paused' | 'completed', settings = {}): Promise<Room> {
  const agent = await rooms.anAgent(ada, `walker-${String((count += 1))}`);
  const room = await rooms.work.run(async (tx) => {
    const made = await aRoom(tx, ada, { state: 'active', settings });
    await aPresentAgent(tx, made, agent);
    return made;
  });
  if (state === 'completed') {
    await rooms.run('room.complete', ada, { room_id: room.id });
  } else {
    await rooms.work.run(async (tx) => {
      await tx.lockRoom(room.id);
      const actor = { kind: 'system', id: '', name: 'ClawTank' } as const;
      await rooms.get(AgentDepartures).leave(tx, room, [{ agentId: agent.id, reason: 'timeout' }], actor);
    });
  }
  return reload(room);
}
const waitOf = (room: Room) => (room.archiveAt?.getTime() ?? 0) - Date.now();
const passes = (room: Room) =>
  rooms.database.query(`UPDATE rooms SET archive_at = now() - interval '1 second' WHERE id = $1`, [room.id]);
const archive = () => rooms.get(RoomJobs).archive();

it('offers its jobs at the interval that is configured', () => {
  const jobs = rooms.get(RoomJobs).jobs();
  expect(jobs.map(({ name, everySeconds }) => [name, everySeconds])).toEqual([
    ['rooms.presence', 1],
    ['rooms.archive', 1],
    ['rooms.approvals', 1],
    ['rooms.completion', 1],
  ]);
});

it.each([
  ['paused', {}, 24],
  ['paused', { paused_archive_minutes: 120 }, 2],
  ['completed', {}, 168],
  ['completed', { completed_archive_minutes: 60 }, 1],
] as const)('a room that is %s with %j waits %d hours', async (state, settings, hours) => {
  const wait = waitOf(await walkTo(state, settings));
  expect(wait).toBeLessThanOrEqual(hours * HOUR_MS);
  expect(wait).toBeGreaterThan(hours * HOUR_MS - 60_000);
});

it.each(['paused', 'completed'] as const)('archives a room that was %s long enough, once', async (state) => {
  const room = await walkTo(state);
  const before = (await rooms.types(room.id)).length;
  await archive();
  expect((await reload(room)).state).toBe(state);
  await passes(room);
  await Promise.all([archive(), archive()]);
  await archive();
  expect(await reload(room)).toMatchObject({ state: 'archived', archiveAt: null });
  expect((await rooms.events(room.id, before)).map(({ data }) => data)).toMatchObject([
    { from: state, to: 'archived' },
  ]);
});

it('forgets the wait when an agent is back', async () => {
  const room = await walkTo('paused');
  await passes(room);
  await rooms.database.query('UPDATE room_agents SET left_at = NULL WHERE room_id = $1', [room.id]);
  await rooms.work.run(async (tx) => {
    await tx.lockRoom(room.id);
    return triggerRoom(tx, room, 'agents_changed');
  });
  await archive();
  expect(await reload(room)).toMatchObject({ state: 'active', archiveAt: null });
});

it('moves a wait that runs already when its setting changes', async () => {
  const room = await walkTo('paused');
  const change = async (settings: object) => {
    await rooms.run<{ room: RoomView }>('room.update', ada, { room_id: room.id, settings });
    return waitOf(await reload(room));
  };
  expect(await change({ paused_archive_minutes: 60 })).toBeLessThanOrEqual(HOUR_MS);
  const wait = await change({ completed_archive_minutes: 5 });
  expect(wait).toBeGreaterThan(HOUR_MS - 60_000);
});

it.each<RoomState>(['active', 'collaborating', 'merge_conflict', 'waiting_for_members'])(
  'the database keeps no deadline for a room that is %s',
  async (state) => {
    const room = await rooms.work.run((tx) => aRoom(tx, ada, { state }));
    await expect(passes(room)).rejects.toThrow(/check constraint/);
  },
);

it('goes on with the other rooms when one fails', async () => {
  const [broken, sound] = [await walkTo('paused'), await walkTo('paused')];
  await passes(broken);
  await passes(sound);
  await rooms.database.query(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$`,
  );
  await rooms.database.query(
    `CREATE TRIGGER refuse BEFORE UPDATE ON rooms FOR EACH ROW WHEN (NEW.id = '${broken.id}') EXECUTE FUNCTION refuse()`,
  );
  // What it would log is what this test provokes.
  Logger.overrideLogger(false);
  await archive();
  Logger.overrideLogger(['error']);
  await rooms.database.query('DROP TRIGGER refuse ON rooms');
  expect((await reload(sound)).state).toBe('archived');
  expect((await reload(broken)).state).toBe('paused');
});
