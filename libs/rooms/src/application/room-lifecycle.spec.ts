import type { GitCredential, RoomSettings, RoomSnapshot, RoomView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { isEvent } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { roomsToClean } from '../persistence/deleted-rooms.js';
import { findRepositoryRequest, openRepositoryRequests } from '../persistence/repository-requests.js';
import { findSetupCredential } from '../persistence/setup-credentials.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';
import { setSetupError } from './set-setup-error.js';
import { triggerRoom } from './trigger-room.js';

interface Created {
  room: RoomView;
  git_credential?: GitCredential;
}

let rooms: RoomsApp;
let ada: Caller;
let bob: Caller;
beforeAll(async () => {
  rooms = await createRoomsApp();
  ada = await rooms.aUser('ada');
  bob = await rooms.aUser('bob');
});
afterAll(() => rooms.close());

const create = (input: object = {}) =>
  rooms.run<Created>('room.create', ada, { name: 'The Tank', visibility: 'private', ...input });
const repositoryReady = (roomId: string) =>
  rooms.work.run(async (tx) => {
    await tx.lockRoom(roomId);
    return triggerRoom(tx, { id: roomId }, 'repository_ready');
  });
const setupFails = (roomId: string, text: string) =>
  rooms.work.run(async (tx) => {
    await tx.lockRoom(roomId);
    await setSetupError(tx, roomId, text);
  });

describe('creating a room', () => {
  it('answers with a room in set-up and asks for its repository', async () => {
    const { room, git_credential } = await create({ settings: { max_agents: 3 }, description: 'deep' });
    expect(room).toMatchObject({ name: 'The Tank', state: 'initializing', description: 'deep' });
    expect(room.slug).toMatch(/^the-tank-[a-z0-9]{6}$/);
    expect(room.repository.clone_url).toBe(`/git/${room.slug}.git`);
    expect(room.settings.max_agents).toBe(3);
    expect(room.host).toEqual({ id: ada.id, username: 'ada', display_name: 'ada' });
    expect(git_credential).toBeUndefined();
    expect(await rooms.types(room.id)).toEqual(['room.created', 'room.state_changed']);
    const request = await rooms.database.transaction((tx) => findRepositoryRequest(tx, room.id));
    expect(request).toMatchObject({ roomId: room.id, slug: room.slug, source: 'empty', attempt: 1 });
  });

  it('waits for members once the repository is there, and is told so once', async () => {
    const { room } = await create();
    expect((await repositoryReady(room.id)).state).toBe('waiting_for_members');
    expect((await repositoryReady(room.id)).state).toBe('waiting_for_members');
    expect(await rooms.types(room.id, 2)).toEqual(['room.state_changed']);
    const open = await rooms.database.transaction(openRepositoryRequests);
    expect(open.map(({ roomId }) => roomId)).not.toContain(room.id);
  });

  it('makes one room of a command that is sent twice', async () => {
    const command_id = newId();
    const first = await create({ command_id });
    expect(await create({ command_id })).toEqual(first);
  });

  it('shows the credential of a push once, and only its hash is kept', async () => {
    const command_id = newId();
    const repository = { host: 'local', source: 'push' };
    const { room, git_credential: credential } = await create({ repository, command_id });
    expect(credential).toMatchObject({ url: `/git/${room.slug}.git`, username: 'setup' });
    await expect(rooms.refusal(create({ repository, command_id }))).resolves.toBe(
      'CONFLICT command.already_issued',
    );
    const find = (password: string) =>
      rooms.database.transaction((tx) => findSetupCredential(tx, room.slug, password));
    expect(await find(credential?.password ?? '')).toEqual({ roomId: room.id });
    expect(await find('wrong')).toBeUndefined();
    await repositoryReady(room.id);
    expect(await find(credential?.password ?? '')).toBeUndefined();
  });

  it.each([
    ['VALIDATION_FAILED repository.host_unavailable', { repository: { host: 'github', full_name: 'a/b' } }],
    ['VALIDATION_FAILED repository.url_missing', { repository: { host: 'local', source: 'import' } }],
    ['VALIDATION_FAILED input.invalid', { repository: { host: 'local', url: 'file:///etc' } }],
    ['VALIDATION_FAILED input.invalid', { repository: { host: 'local', url: null } }],
    ['VALIDATION_FAILED input.invalid', { repository: 5 }],
    ['VALIDATION_FAILED input.invalid', { name: ' ' }],
    ['VALIDATION_FAILED input.invalid', { name: 'a\nb' }],
    ['VALIDATION_FAILED input.invalid', { visibility: 'hidden' }],
    ['VALIDATION_FAILED input.invalid', { settings: { max_agents: 0 } }],
    ['VALIDATION_FAILED input.invalid', { settings: { max_agents: 1_000 } }],
    ['VALIDATION_FAILED input.invalid', { settings: { max_agents: null } }],
    ['VALIDATION_FAILED input.invalid', { settings: { lease_policy: 'maybe' } }],
    ['VALIDATION_FAILED input.invalid', { settings: { auto_complete: 'yes' } }],
    ['VALIDATION_FAILED input.invalid', { settings: { unknown: 1 } }],
    ['VALIDATION_FAILED input.invalid', { settings: { paused_archive_minutes: 1.5 } }],
    ['VALIDATION_FAILED input.invalid', { settings: { agent_instructions: 'x'.repeat(8_193) } }],
    ['VALIDATION_FAILED input.invalid', { host_id: 'mine' }],
  ])('refuses with %s: %j', async (reason, input) => {
    const count = () => rooms.database.query('SELECT count(*) FROM rooms');
    const before = await count();
    await expect(rooms.refusal(create(input))).resolves.toBe(reason);
    expect(await count()).toEqual(before);
  });

  it('is for people', async () => {
    const pincer = await rooms.anAgent(ada, 'creator');
    const attempt = rooms.run('room.create', pincer, { name: 'x', visibility: 'public' });
    await expect(rooms.refusal(attempt)).resolves.toBe('FORBIDDEN room.people_only');
  });
});

describe('a set-up that fails', () => {
  it('stays with its error until the host tries again', async () => {
    const { room } = await create({ repository: { host: 'local', url: 'https://example.org/x.git' } });
    const retry = () => rooms.run<Created>('room.retry_setup', ada, { room_id: room.id });
    await expect(rooms.refusal(retry())).resolves.toBe('CONFLICT room.setup_not_failed');
    await setupFails(room.id, 'the host does not answer');
    const failed = await rooms.ask<RoomSnapshot>('rooms.get', ada, { room_id: room.id });
    expect(failed.room).toMatchObject({ state: 'initializing', setup_error: 'the host does not answer' });
    const again = await retry();
    expect(again.room.setup_error).toBeNull();
    expect(again.git_credential).toBeUndefined();
    const [request] = (await rooms.database.transaction(openRepositoryRequests)).filter(
      ({ roomId }) => roomId === room.id,
    );
    expect(request?.attempt).toBe(2);
    const told = (await rooms.events(room.id, 2)).map((event) => event.data);
    expect(told).toEqual([{ setup_error: 'the host does not answer' }, { setup_error: null }]);
  });

  it('forgets its error when the repository is there after all', async () => {
    const { room } = await create();
    await setupFails(room.id, 'slow');
    expect((await repositoryReady(room.id)).setupError).toBeNull();
  });

  it('gives the host who pushes a new credential, and the old one ends', async () => {
    const { room, git_credential: old } = await create({ repository: { host: 'local', source: 'push' } });
    const { git_credential: fresh } = await rooms.run<Created>('room.retry_setup', ada, { room_id: room.id });
    const find = (password = '') =>
      rooms.database.transaction((tx) => findSetupCredential(tx, room.slug, password));
    expect(await find(old?.password)).toBeUndefined();
    expect(await find(fresh?.password)).toEqual({ roomId: room.id });
  });
});

describe('changing a room', () => {
  it('tells only what changed, and nothing where nothing did', async () => {
    const { room } = await create();
    const update = (input: object) =>
      rooms.run<Created>('room.update', ada, { room_id: room.slug, ...input });
    const { room: renamed } = await update({ name: 'Reef', settings: { max_agents: 4, max_members: 50 } });
    expect(renamed).toMatchObject({ name: 'Reef', slug: room.slug });
    expect(renamed.settings).toEqual({ ...room.settings, max_agents: 4 });
    await update({ name: 'Reef' });
    const told = (await rooms.events(room.id, 2)).map((event) => event.data);
    expect(told).toEqual([{ name: 'Reef', settings: { max_agents: 4 } }]);
  });

  it('keeps settings that another change did not name', async () => {
    const { room } = await create({ settings: { agent_instructions: 'be kind' } });
    const change = (settings: Partial<RoomSettings>) =>
      rooms.run<Created>('room.update', ada, { room_id: room.id, settings });
    await change({ public_code: true });
    const { settings } = (await change({ agent_instructions: '' })).room;
    expect(settings).toMatchObject({ public_code: true, agent_instructions: '' });
  });

  it('holds and goes on, the state untouched', async () => {
    const { room } = await create();
    const hold = (value: boolean) => rooms.run<Created>('room.hold', ada, { room_id: room.id, hold: value });
    expect((await hold(true)).room).toMatchObject({ hold: true, state: 'initializing' });
    await hold(true);
    expect((await hold(false)).room.hold).toBe(false);
    const told = (await rooms.events(room.id, 2)).map((event) => event.data);
    expect(told).toEqual([{ hold: true }, { hold: false }]);
  });

  it('is for the host', async () => {
    const { room } = await create();
    await rooms.run('member.add', ada, { room_id: room.id, user_id: bob.id, role: 'member' });
    const pincer = await rooms.anAgent(ada, 'changer');
    const attempts = [
      ['room.update', { name: 'Mine' }],
      ['room.hold', { hold: true }],
      ['room.complete', {}],
      ['room.delete', {}],
      ['room.transfer', { user_id: bob.id }],
      ['room.retry_setup', {}],
      ['member.add', { user_id: bob.id, role: 'member' }],
      ['member.set_role', { user_id: bob.id, role: 'host' }],
      ['member.remove', { user_id: ada.id }],
      ['member.ban', { user_id: ada.id }],
      ['member.unban', { user_id: ada.id }],
      ['invite.create', { role: 'member' }],
      ['invite.revoke', { invite_id: newId() }],
    ] as const;
    const before = await rooms.types(room.id);
    for (const [name, input] of attempts) {
      for (const caller of [bob, pincer]) {
        const refused = await rooms.refusal(rooms.run(name, caller, { room_id: room.id, ...input }));
        expect(`${name} ${refused}`).toBe(`${name} FORBIDDEN room.host_only`);
      }
    }
    expect(await rooms.types(room.id)).toEqual(before);
  });
});

describe('deleting a room', () => {
  it('leaves nothing that can be read', async () => {
    const { room } = await create({ visibility: 'public' });
    await rooms.run('member.add', ada, { room_id: room.id, user_id: bob.id, role: 'member' });
    await rooms.work.run(async (tx) => {
      const data = {
        notification_id: newId(),
        kind: 'x',
        text: 'a secret of the room',
        room_id: room.id,
        task_id: null,
      };
      const actor = { kind: 'system', id: '', name: 'ClawTank' } as const;
      tx.appendTo(`user:${bob.id}`, { type: 'system.notification', actor, data }, room.id);
      return Promise.resolve();
    });
    const command_id = newId();
    const remove = () => rooms.run('room.delete', ada, { room_id: room.id, command_id });
    const reply = await remove();
    expect(reply).toEqual({ room_id: room.id });
    expect(await remove()).toEqual(reply);
    for (const caller of [ada, bob, null]) {
      await expect(rooms.refusal(rooms.ask('rooms.get', caller, { room_id: room.id }))).resolves.toBe(
        'NOT_FOUND room.not_found',
      );
    }
    const left = await rooms.database.query(
      `SELECT data FROM stream_events WHERE stream = $1 OR (room_id = $2 AND NOT data ? 'redacted')`,
      [`room:${room.id}`, room.id],
    );
    expect(left).toEqual([]);
    const tables = ['room_members', 'room_repository_requests', 'room_invites'];
    for (const table of tables) {
      const rows = await rooms.database.query(`SELECT 1 FROM ${table} WHERE room_id = $1`, [room.id]);
      expect(rows).toEqual([]);
    }
    expect(await rooms.database.transaction(roomsToClean)).toContainEqual({
      roomId: room.id,
      slug: room.slug,
    });
  });

  it('does not tell others that it was deleted', async () => {
    const { room } = await create({ visibility: 'public' });
    await rooms.run('room.delete', ada, { room_id: room.id });
    await expect(rooms.refusal(rooms.run('room.delete', bob, { room_id: room.id }))).resolves.toBe(
      'NOT_FOUND room.not_found',
    );
  });
});

it('tells why a room moved', async () => {
  const { room } = await create();
  await repositoryReady(room.id);
  const moves = (await rooms.events(room.id)).flatMap((event) =>
    isEvent(event, 'room.state_changed') ? [event.data] : [],
  );
  expect(moves).toEqual([
    { from: 'creating', to: 'initializing', reason: 'setup_started' },
    { from: 'initializing', to: 'waiting_for_members', reason: 'repository_ready' },
  ]);
});
