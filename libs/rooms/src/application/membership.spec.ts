import type { BanView, InviteView, MemberView, Page, RoomView } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import { aMember, aPresentAgent, aRoom } from '../testing.js';
import { createRoomsApp, type RoomsApp } from '../testing/rooms-app.js';

interface NewInvite {
  id: string;
  code: string;
  url: string;
  expires_at: string;
}

let rooms: RoomsApp;
let ada: Caller;
let bob: Caller;
let cy: Caller;
beforeAll(async () => {
  rooms = await createRoomsApp();
  ada = await rooms.aUser('ada');
  bob = await rooms.aUser('bob');
  cy = await rooms.aUser('cy');
});
afterAll(() => rooms.close());

const make = (traits: Parameters<typeof aRoom>[2] = {}) => rooms.work.run((tx) => aRoom(tx, ada, traits));
const rolesIn = async (roomId: string, caller = ada) => {
  const { items } = await rooms.ask<Page<MemberView>>('members.list', caller, { room_id: roomId });
  return Object.fromEntries(items.map(({ user, role }) => [user.username, role]));
};
const told = async (roomId: string) =>
  (await rooms.events(roomId)).map(({ type, data }) => [type, data] as const);

describe('members', () => {
  it('are added by the host, once', async () => {
    const room = await make();
    const add = () => rooms.run('member.add', ada, { room_id: room.id, user_id: bob.id, role: 'member' });
    await add();
    await add();
    expect(await rolesIn(room.id)).toEqual({ ada: 'host', bob: 'member' });
    expect(await rooms.types(room.id)).toEqual(['room.member_joined']);
  });

  it('must be people of this server', async () => {
    const room = await make();
    const pincer = await rooms.anAgent(bob, 'no-person');
    for (const user_id of [newId(), pincer.id]) {
      const attempt = rooms.run('member.add', ada, { room_id: room.id, user_id, role: 'member' });
      await expect(rooms.refusal(attempt)).resolves.toBe('NOT_FOUND member.unknown_user');
    }
  });

  it('change nothing about the state of a room that waits', async () => {
    const room = await make({ state: 'waiting_for_members' });
    await rooms.run('member.add', ada, { room_id: room.id, user_id: bob.id, role: 'member' });
    expect(await rooms.types(room.id)).toEqual(['room.member_joined']);
  });

  it('leave, with their agents, and the room moves', async () => {
    const room = await make({ state: 'active' });
    const claw = await rooms.anAgent(bob, 'leaver');
    await rooms.work.run(async (tx) => {
      await aMember(tx, room, bob);
      await aPresentAgent(tx, room, claw);
    });
    await rooms.run('room.leave', bob, { room_id: room.id });
    expect(await told(room.id)).toEqual([
      ['room.member_left', { user_id: bob.id, reason: 'left' }],
      ['agent.left', { agent_id: claw.id, reason: 'left' }],
      ['room.state_changed', { from: 'active', to: 'paused', reason: 'agents_gone' }],
    ]);
    await expect(rooms.refusal(rooms.run('room.leave', bob, { room_id: room.id }))).resolves.toBe(
      'NOT_FOUND room.not_found',
    );
  });

  it('are removed with their agents', async () => {
    const room = await make({ state: 'active' });
    const claw = await rooms.anAgent(bob, 'removed');
    await rooms.work.run(async (tx) => {
      await aMember(tx, room, bob);
      await aPresentAgent(tx, room, claw);
    });
    const remove = () => rooms.run('member.remove', ada, { room_id: room.id, user_id: bob.id });
    await remove();
    expect((await told(room.id)).slice(0, 2)).toEqual([
      ['room.member_left', { user_id: bob.id, reason: 'removed' }],
      ['agent.left', { agent_id: claw.id, reason: 'removed' }],
    ]);
    await expect(rooms.refusal(remove())).resolves.toBe('NOT_FOUND member.not_found');
    await expect(rooms.refusal(rooms.run('agent.status', claw, { status: 'idle' }))).resolves.toBe(
      'CONFLICT agent.not_registered',
    );
  });

  it('are as many as the settings say, whoever comes first', async () => {
    const room = await make({ settings: { max_members: 3 } });
    const people = await Promise.all([1, 2, 3, 4, 5].map((n) => rooms.aUser(`crowd${String(n)}`)));
    const { code } = await rooms.run<NewInvite>('invite.create', ada, { room_id: room.id, role: 'member' });
    const outcomes = await Promise.allSettled(
      people.map((person) => rooms.run('invite.accept', person, { code })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    for (const reason of refused) expect(reason).toMatchObject({ code: 'ROOM_FULL', reason: 'room.full' });
    expect(Object.keys(await rolesIn(room.id))).toHaveLength(3);
  });
});

describe('the host', () => {
  it('is one, and the database says so', async () => {
    const room = await make();
    await rooms.work.run((tx) => aMember(tx, room, bob));
    const second = rooms.database.query(
      `UPDATE room_members SET role = 'host' WHERE room_id = $1 AND user_id = $2`,
      [room.id, bob.id],
    );
    await expect(second).rejects.toThrow(/room_members_one_host/);
  });

  it('hands the room over to a member and stays as one', async () => {
    const room = await make();
    await rooms.work.run((tx) => aMember(tx, room, bob));
    const { room: view } = await rooms.run<{ room: RoomView }>('room.transfer', ada, {
      room_id: room.id,
      user_id: bob.id,
    });
    expect(view.host.id).toBe(bob.id);
    expect(await rolesIn(room.id)).toEqual({ ada: 'member', bob: 'host' });
    expect((await told(room.id)).map(([type]) => type)).toEqual([
      'room.member_role_changed',
      'room.member_role_changed',
      'room.settings_changed',
    ]);
    await expect(rooms.refusal(rooms.run('room.hold', ada, { room_id: room.id, hold: true }))).resolves.toBe(
      'FORBIDDEN room.host_only',
    );
  });

  it('hands it over to nobody who is not a member', async () => {
    const room = await make();
    await rooms.work.run((tx) => aMember(tx, room, cy, 'spectator'));
    for (const user_id of [bob.id, cy.id]) {
      const attempt = rooms.run('room.transfer', ada, { room_id: room.id, user_id });
      await expect(rooms.refusal(attempt)).resolves.toBe('NOT_FOUND member.not_found');
    }
  });

  it('is made with the role, by adding or by changing it', async () => {
    const room = await make();
    await rooms.run('member.add', ada, { room_id: room.id, user_id: bob.id, role: 'host' });
    expect(await rolesIn(room.id)).toEqual({ ada: 'member', bob: 'host' });
    await rooms.run('member.set_role', bob, { room_id: room.id, user_id: ada.id, role: 'host' });
    expect(await rolesIn(room.id)).toEqual({ ada: 'host', bob: 'member' });
  });

  it('can neither leave, be demoted, be removed nor be banned', async () => {
    const room = await make();
    const target = { room_id: room.id, user_id: ada.id };
    for (const [name, input] of [
      ['room.leave', { room_id: room.id }],
      ['member.set_role', { ...target, role: 'member' }],
      ['member.remove', target],
      ['member.ban', target],
    ] as const) {
      await expect(rooms.refusal(rooms.run(name, ada, input))).resolves.toBe('CONFLICT room.host_stays');
    }
    expect(await told(room.id)).toEqual([]);
  });
});

describe('a ban', () => {
  it('shuts a member and their agents out, until it is lifted', async () => {
    const room = await make({ state: 'active', visibility: 'public' });
    const claw = await rooms.anAgent(bob, 'banned');
    await rooms.work.run(async (tx) => {
      await aMember(tx, room, bob);
      await aPresentAgent(tx, room, claw);
    });
    const { code } = await rooms.run<NewInvite>('invite.create', ada, { room_id: room.id, role: 'member' });
    const target = { room_id: room.id, user_id: bob.id };
    await rooms.run('member.ban', ada, target);
    await rooms.run('member.ban', ada, target);
    expect((await rooms.types(room.id)).slice(0, 2)).toEqual(['room.member_left', 'agent.left']);
    for (const caller of [bob, claw]) {
      const see = rooms.ask('rooms.get', caller, { room_id: room.id });
      await expect(rooms.refusal(see)).resolves.toBe('NOT_FOUND room.not_found');
    }
    await expect(rooms.refusal(rooms.run('invite.accept', bob, { code }))).resolves.toBe(
      'NOT_FOUND invite.not_found',
    );
    await expect(rooms.refusal(rooms.ask('invites.get', bob, { code }))).resolves.toBe(
      'NOT_FOUND invite.not_found',
    );
    await expect(rooms.refusal(rooms.run('member.add', ada, { ...target, role: 'member' }))).resolves.toBe(
      'CONFLICT member.banned',
    );
    const bans = () => rooms.ask<Page<BanView>>('bans.list', ada, { room_id: room.id });
    expect((await bans()).items).toMatchObject([{ user: { id: bob.id }, banned_by: ada.id }]);
    await rooms.run('member.unban', ada, target);
    expect((await bans()).items).toEqual([]);
    await expect(rooms.refusal(rooms.run('member.unban', ada, target))).resolves.toBe(
      'NOT_FOUND member.not_banned',
    );
    await rooms.run('invite.accept', bob, { code });
    expect(await rolesIn(room.id)).toEqual({ ada: 'host', bob: 'member' });
  });

  it('can come before its person does', async () => {
    const room = await make({ visibility: 'public' });
    await rooms.run('member.ban', ada, { room_id: room.id, user_id: cy.id });
    await expect(rooms.refusal(rooms.ask('rooms.get', cy, { room_id: room.id }))).resolves.toBe(
      'NOT_FOUND room.not_found',
    );
    expect(await rooms.types(room.id)).toEqual([]);
  });
});

describe('an invite', () => {
  const invite = (roomId: string, input: object = {}) =>
    rooms.run<NewInvite>('invite.create', ada, { room_id: roomId, role: 'member', ...input });
  const accept = (caller: Caller, code: string, command_id?: string) =>
    rooms.run('invite.accept', caller, { code, ...(command_id ? { command_id } : {}) });

  it('carries its code behind the #, once, and is kept as a hash', async () => {
    const room = await make();
    const command_id = newId();
    const made = await invite(room.id, { command_id });
    expect(made.url).toBe(`/invite#${made.code}`);
    await expect(rooms.refusal(invite(room.id, { command_id }))).resolves.toBe(
      'CONFLICT command.already_issued',
    );
    const [row] = await rooms.database.query<{ text: string }>(
      `SELECT row_to_json(i)::text AS text FROM room_invites i WHERE id = $1`,
      [made.id],
    );
    expect(row?.text).not.toContain(made.code);
    const { items } = await rooms.ask<Page<InviteView>>('invites.list', ada, { room_id: room.id });
    expect(JSON.stringify(items)).not.toContain(made.code);
  });

  it('can be looked at by anybody, and that uses nothing up', async () => {
    const room = await make({ name: 'Lagoon' });
    const { code, expires_at } = await invite(room.id, { max_uses: 1 });
    for (const caller of [null, bob, null]) {
      expect(await rooms.ask('invites.get', caller, { code })).toEqual({
        room_name: 'Lagoon',
        role: 'member',
        expires_at,
      });
    }
    await accept(bob, code);
    await expect(rooms.refusal(rooms.ask('invites.get', null, { code }))).resolves.toBe(
      'NOT_FOUND invite.not_found',
    );
  });

  it('is used up by its last use, also when several come at once', async () => {
    const room = await make();
    const { code } = await invite(room.id, { max_uses: 1 });
    const people = await Promise.all([1, 2, 3].map((n) => rooms.aUser(`rush${String(n)}`)));
    const outcomes = await Promise.allSettled(people.map((person) => accept(person, code)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(Object.keys(await rolesIn(room.id))).toHaveLength(2);
  });

  it('answers the same command twice with the first answer', async () => {
    const room = await make();
    const { code } = await invite(room.id, { max_uses: 1 });
    const command_id = newId();
    const first = await accept(bob, code, command_id);
    expect(first).toMatchObject({ room_id: room.id, slug: room.slug, role: 'member' });
    expect(await accept(bob, code, command_id)).toEqual(first);
    expect(await rooms.types(room.id)).toEqual(['room.member_joined']);
  });

  it('leaves a higher role as it is and uses nothing up', async () => {
    const room = await make();
    const { code } = await invite(room.id, { role: 'spectator', max_uses: 1 });
    expect(await accept(ada, code)).toMatchObject({ role: 'member' });
    expect(await accept(bob, code)).toMatchObject({ role: 'spectator' });
    expect(await rolesIn(room.id)).toEqual({ ada: 'host', bob: 'spectator' });
  });

  it('makes a spectator a member', async () => {
    const room = await make();
    await rooms.work.run((tx) => aMember(tx, room, bob, 'spectator'));
    const { code } = await invite(room.id);
    expect(await accept(bob, code)).toMatchObject({ role: 'member' });
    expect(await told(room.id)).toEqual([['room.member_role_changed', { user_id: bob.id, role: 'member' }]]);
  });

  it.each([
    ['that ended', `UPDATE room_invites SET expires_at = now() WHERE id = $1`],
    ['that was revoked', `UPDATE room_invites SET revoked_at = now() WHERE id = $1`],
    ['that was used up', `UPDATE room_invites SET max_uses = 1, uses = 1 WHERE id = $1`],
    ['of a deleted room', `DELETE FROM rooms WHERE id = (SELECT room_id FROM room_invites WHERE id = $1)`],
  ])('%s is as one that never was', async (_name, sql) => {
    const room = await make();
    const { id, code } = await invite(room.id);
    await rooms.database.query(sql, [id]);
    const errors = await Promise.all([accept(bob, code), accept(bob, 'never')].map((a) => a.catch(String)));
    expect(errors[0]).toBe(errors[1]);
    await expect(rooms.refusal(accept(bob, code))).resolves.toBe('NOT_FOUND invite.not_found');
  });

  it('is revoked by the host of its own room only', async () => {
    const [room, other] = [await make(), await make()];
    const { id, code } = await invite(room.id);
    const revoke = (roomId: string) => rooms.run('invite.revoke', ada, { room_id: roomId, invite_id: id });
    await expect(rooms.refusal(revoke(other.id))).resolves.toBe('NOT_FOUND invite.not_found');
    await revoke(room.id);
    await revoke(room.id);
    await expect(rooms.refusal(accept(bob, code))).resolves.toBe('NOT_FOUND invite.not_found');
  });

  it('is for people', async () => {
    const room = await make();
    const { code } = await invite(room.id);
    const claw = await rooms.anAgent(bob, 'accepter');
    await expect(rooms.refusal(accept(claw, code))).resolves.toBe('FORBIDDEN room.people_only');
  });

  it.each([{ expires_in: 1 }, { max_uses: 0 }, { role: 'host' }, { expires_in: null }])(
    'refuses %j',
    async (input) => {
      const room = await make();
      await expect(rooms.refusal(invite(room.id, input))).resolves.toBe('VALIDATION_FAILED input.invalid');
    },
  );

  it('is listed to the host only', async () => {
    const room = await make();
    await rooms.work.run((tx) => aMember(tx, room, bob));
    await expect(rooms.refusal(rooms.ask('bans.list', bob, { room_id: room.id }))).resolves.toBe(
      'FORBIDDEN room.host_only',
    );
    await expect(rooms.refusal(rooms.ask('invites.list', bob, { room_id: room.id }))).resolves.toBe(
      'FORBIDDEN room.host_only',
    );
  });
});
