import type { PullRequestView, RoomView, TaskView } from '@clawtank/contracts';
import { userStream } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { isEvent, LogReader, type StoredEvent, SYSTEM_ACTOR } from '@clawtank/events';
import { Failure, newId } from '@clawtank/kernel';
import { mayTakeWork } from '../domain/room-policies.js';
import type { Room } from '../domain/room.js';
import { findRoom } from '../persistence/room-rows.js';
import { aPresentAgent, aRoom } from '../testing.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';
import { TinyFigures, TinyFinisher, TinyTasks } from '../testing/tiny-ports.js';
import { RoomJobs } from './room-jobs.js';

let rooms: RoomsApp;
let ada: Caller;
let count = 0;
beforeAll(async () => {
  rooms = await createRoomsApp();
  ada = await rooms.aUser('ada');
});
afterAll(() => rooms.close());
beforeEach(() => {
  const tasks = rooms.get(TinyTasks);
  tasks.tasks = [];
  tasks.pullRequests = [];
  rooms.get(TinyFinisher).meanwhile = () => Promise.resolve();
  Object.assign(rooms.get(TinyFigures), { open: 0, complete: 0 });
});

async function make(traits: Parameters<typeof aRoom>[2] = {}): Promise<Room> {
  const agent = await rooms.anAgent(ada, `worker-${String((count += 1))}`);
  return rooms.work.run(async (tx) => {
    const room = await aRoom(tx, ada, { state: 'active', ...traits });
    await aPresentAgent(tx, room, agent);
    return room;
  });
}
const complete = (room: Room, input: object = {}) =>
  rooms.run<{ room: RoomView }>('room.complete', ada, { room_id: room.id, ...input });
const reload = async (room: Room) => {
  const found = await rooms.database.transaction((tx) => findRoom(tx, room.id));
  if (!found) throw new Error('the room is gone');
  return found;
};

const openTask = { id: 'id', key: 'T-1', title: 'Mend', status: 'review' } as TaskView;
const openPull = { number: 4, title: 'Mended', approved: true, state: 'open' } as PullRequestView;

describe('completing', () => {
  it('merges, tags, and makes the room a showcase for a week', async () => {
    const room = await make();
    const { room: done } = await complete(room);
    expect(done.state).toBe('completed');
    const [completedAt, archiveAt] = [done.completed_at, done.archive_at].map((at) => Date.parse(at ?? ''));
    expect((archiveAt ?? 0) - (completedAt ?? 0)).toBe(7 * 24 * 3_600_000);
    const finisher = rooms.get(TinyFinisher);
    expect(finisher.merged).toContain(room.id);
    expect(finisher.tagged).toContain(room.id);
    expect((await rooms.events(room.id)).map(({ data, actor }) => [data, actor.id])).toEqual([
      [{ from: 'active', to: 'completed', reason: 'completed' }, ada.id],
    ]);
    await expect(rooms.refusal(complete(room))).resolves.toBe('CONFLICT room.illegal_transition');
  });

  it('answers the same command twice with the first answer, and does it once', async () => {
    const room = await make();
    const command_id = newId();
    const first = await complete(room, { command_id });
    expect(await complete(room, { command_id })).toEqual(first);
    expect(await rooms.types(room.id)).toHaveLength(1);
  });

  it.each([
    'initializing',
    'waiting_for_members',
    'merge_conflict',
    'paused',
    'completed',
    'archived',
  ] as const)('is refused to a room that is %s', async (state) => {
    const room = await make({ state });
    await expect(rooms.refusal(complete(room))).resolves.toBe('CONFLICT room.illegal_transition');
    expect(await rooms.types(room.id)).toEqual([]);
    expect(rooms.get(TinyFinisher).merged).not.toContain(room.id);
  });

  it('lists what remains and leaves the room as it was', async () => {
    Object.assign(rooms.get(TinyTasks), { tasks: [openTask], pullRequests: [openPull] });
    const room = await make();
    const failure: unknown = await complete(room).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({
      reason: 'room.work_remains',
      details: {
        tasks: [{ id: 'id', key: 'T-1', title: 'Mend', status: 'review' }],
        pull_requests: [{ number: 4, title: 'Mended', approved: true }],
      },
    });
    expect(await reload(room)).toMatchObject({ state: 'active', completing: false });
    expect(rooms.get(TinyFinisher).tagged).not.toContain(room.id);
  });

  it('leaves work behind when the host confirms', async () => {
    rooms.get(TinyTasks).tasks = [openTask];
    expect((await complete(await make(), { confirm: true })).room.state).toBe('completed');
  });

  it('takes no new work while git merges', async () => {
    const room = await make();
    const seen: boolean[] = [];
    rooms.get(TinyFinisher).meanwhile = async () => {
      seen.push(mayTakeWork(await reload(room)).allowed);
    };
    await complete(room);
    expect(seen).toEqual([false]);
  });

  it('gives work back when git fails', async () => {
    const room = await make();
    rooms.get(TinyFinisher).meanwhile = () => Promise.reject(new Error('disk full'));
    await expect(complete(room)).rejects.toThrow('disk full');
    expect(mayTakeWork(await reload(room)).allowed).toBe(true);
  });

  it('does not happen when the room moved on meanwhile', async () => {
    const room = await make();
    rooms.get(TinyFinisher).meanwhile = async () => {
      await rooms.database.query(`UPDATE rooms SET state = 'paused' WHERE id = $1`, [room.id]);
    };
    await expect(rooms.refusal(complete(room))).resolves.toBe('CONFLICT room.illegal_transition');
    expect(await rooms.types(room.id)).toEqual([]);
  });
});

describe('the last task', () => {
  const taskEvent = (room: Room, change: 'created' | 'completed' | 'cancelled') =>
    rooms.work.run(async (tx) => {
      await tx.lockRoom(room.id);
      const task = { task_id: newId(), key: 'T-1', status: 'complete', assignee: null, fence: null } as const;
      const data = { ...task, branch: null, lease_expires_at: null };
      if (change === 'created') {
        const created = { ...task, title: 't', description: '', priority: 'normal', size: 'small' } as const;
        const lists = { capabilities: [], languages: [], paths: [], depends_on: [] };
        const ids = { parent_id: null, source_message_id: null, follow_up_of: null, suggestion_id: null };
        const { assignee: _, fence: __, ...rest } = created;
        tx.appendToRoom(room.id, {
          type: 'task.created',
          actor: SYSTEM_ACTOR,
          data: { ...rest, ...lists, ...ids },
        });
      } else {
        tx.appendToRoom(room.id, { type: 'task.update', actor: SYSTEM_ACTOR, data: { ...data, change } });
      }
    });
  const asked = async (room: Room): Promise<StoredEvent[]> => {
    const stretch = await rooms.get(LogReader).read(userStream(ada.id), 0);
    const all = 'events' in stretch ? stretch.events : [];
    return all.filter((event) => event.room_id === room.id && isEvent(event, 'system.notification'));
  };
  const figures = (open: number, complete: number) =>
    Object.assign(rooms.get(TinyFigures), { open, complete });

  it('makes the server ask the host, once', async () => {
    const room = await make();
    figures(1, 1);
    await taskEvent(room, 'completed');
    await rooms.settle();
    expect(await asked(room)).toEqual([]);
    figures(0, 2);
    await taskEvent(room, 'completed');
    await taskEvent(room, 'cancelled');
    await rooms.settle();
    expect((await asked(room)).map(({ data }) => data)).toMatchObject([
      { kind: 'room.completion', room_id: room.id, text: 'All tasks of Tank are done. Complete the room?' },
    ]);
    await taskEvent(room, 'created');
    await taskEvent(room, 'completed');
    await rooms.settle();
    expect(await asked(room)).toHaveLength(2);
    expect((await reload(room)).state).toBe('active');
  });

  it('asks nobody when all that happened is that tasks were cancelled', async () => {
    const room = await make();
    await taskEvent(room, 'cancelled');
    await rooms.settle();
    expect(await asked(room)).toEqual([]);
  });

  it('completes a room whose settings say so', async () => {
    const room = await make({ settings: { auto_complete: true } });
    figures(0, 1);
    await taskEvent(room, 'completed');
    await rooms.settle();
    await rooms.get(RoomJobs).completeWished();
    await rooms.get(RoomJobs).completeWished();
    expect((await reload(room)).state).toBe('completed');
    expect(await asked(room)).toEqual([]);
    expect((await rooms.types(room.id)).filter((type) => type === 'room.state_changed')).toHaveLength(1);
  });

  it('completes nothing when work came up meanwhile', async () => {
    const room = await make({ settings: { auto_complete: true } });
    figures(0, 1);
    await taskEvent(room, 'completed');
    await rooms.settle();
    rooms.get(TinyTasks).tasks = [openTask];
    await rooms.get(RoomJobs).completeWished();
    rooms.get(TinyTasks).tasks = [];
    await rooms.get(RoomJobs).completeWished();
    expect((await reload(room)).state).toBe('active');
  });

  it('waits with a room that is paused until somebody is back', async () => {
    const room = await make({ settings: { auto_complete: true }, state: 'paused' });
    figures(0, 1);
    await taskEvent(room, 'completed');
    await rooms.settle();
    await rooms.get(RoomJobs).completeWished();
    expect((await reload(room)).state).toBe('paused');
    await rooms.database.query(`UPDATE rooms SET state = 'active' WHERE id = $1`, [room.id]);
    await rooms.get(RoomJobs).completeWished();
    expect((await reload(room)).state).toBe('completed');
  });
});
