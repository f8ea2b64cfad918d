import type { ConnectionView } from '@clawtank/contracts';
import { ConnectionsExamination } from '../src/application/connections-examination.js';
import { HostCare } from '../src/application/host-care.js';
import type { GithubPeer } from '../src/testing/peers/github/github-peer.js';
import { startGithubPeer } from '../src/testing/peers/github/start.js';
import { GitRoom } from './git-room.js';

const FULL_NAME = 'acme/shop';

let peer: GithubPeer;
let room: GitRoom;
let token: string;

beforeAll(async () => {
  peer = await startGithubPeer();
  room = await GitRoom.open({ GITHUB_URL: peer.url, GITHUB_API_URL: peer.apiUrl });
  const world = await peer.create(FULL_NAME);
  await world.push('main', { 'README.md': 'Coffee.\n' });
  token = peer.access.personalToken(peer.account('ada'));
  await room.create({ repository: { host: 'github', full_name: FULL_NAME, token } });
  await room.gather();
});
afterAll(async () => {
  await room.close();
  await peer.stop();
});

const care = (): Promise<void> => room.bus.get(HostCare).run();
const connection = async (): Promise<ConnectionView | null> =>
  (
    await room.ask<{ connection: ConnectionView | null }>('repository.connection', room.ada, {
      room_id: room.id,
    })
  ).connection;
const setToken = (text: string, by = room.ada): Promise<{ connection: ConnectionView }> =>
  room.run('git.set_token', by, { room_id: room.id, token: text });
const lookAgain = (): Promise<unknown> =>
  room.log.database.query('UPDATE git_repositories SET check_at = now()');
const obstacles = async (): Promise<readonly string[]> =>
  ((await connection())?.obstacles ?? []).map(({ found }) => found);

it('tells members how the room is connected, and that nobody can tell it of news', async () => {
  await care();
  expect(await connection()).toMatchObject({
    host: 'github',
    full_name: FULL_NAME,
    url: `${peer.url}/${FULL_NAME}`,
    opened_by: 'token',
    limited_until: null,
    news: 'look',
    news_trouble: expect.stringContaining('CLAWTANK_URL'),
    obstacles: [],
    checked_at: expect.any(String),
  });
  const stranger = await room.stranger('eve');
  const asked = room.ask('repository.connection', stranger, { room_id: room.id });
  await expect(asked).rejects.toMatchObject({ reason: 'room.not_found' });
});

it('says before work begins what the rules there will not let through, and once', async () => {
  await peer.world(FULL_NAME).protect('main', { pullRequest: true, approvals: 2, signatures: true });
  await lookAgain();
  await care();
  await lookAgain();
  await care();
  expect(await obstacles()).toEqual([
    expect.stringContaining('signed commits only'),
    expect.stringContaining('2 approving reviews'),
  ]);
  expect(room.said.filter((text) => text.includes('stand in the way'))).toHaveLength(1);
  expect(await room.bus.get(ConnectionsExamination).examine()).toMatchObject([
    { part: 'news', state: 'warning', mend: expect.stringContaining('CLAWTANK_URL') },
    { part: 'permissions', state: 'warning', found: expect.stringContaining('signed commits only') },
  ]);
  peer.world(FULL_NAME).repository.protections.clear();
  await lookAgain();
  await care();
  expect(await obstacles()).toEqual([]);
});

describe('another token', () => {
  it.each([
    ['that nobody knows', () => 'ghp_nobody_gave_this_one', 'host.token_refused'],
    [
      'that may not push',
      () => peer.access.personalToken(peer.account('ada'), { contents: 'read', metadata: 'read' }),
      'host.lacks_permission',
    ],
  ])('%s is not taken', async (_name, make, reason) => {
    const sealed = await room.log.database.query('SELECT sealed FROM git_tokens');
    await expect(setToken(make())).rejects.toMatchObject({ reason });
    expect(await room.log.database.query('SELECT sealed FROM git_tokens')).toEqual(sealed);
  });

  it('is given by the host of the room alone', async () => {
    await expect(setToken(token, room.ben)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('takes the place of a revoked one, which is forgotten; what it lacks is said', async () => {
    peer.access.revokeAll();
    await lookAgain();
    await care();
    expect(await obstacles()).toEqual([expect.stringContaining('revoked or expired')]);
    const before = await room.log.database.query<{ sealed: string }>('SELECT sealed FROM git_tokens');
    const permissions = { contents: 'write', metadata: 'read', pull_requests: 'write' } as const;
    const next = peer.access.personalToken(peer.account('ada'), permissions);
    const { connection: view } = await setToken(next);
    expect(JSON.stringify(view)).not.toContain(next);
    const after = await room.log.database.query<{ sealed: string }>('SELECT sealed FROM git_tokens');
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    await care();
    expect(await obstacles()).toEqual([expect.stringContaining('`repository_hooks: write`')]);
    const held = await room.work(room.pincer, 'Pour');
    await room.push(held, { 'pour.ts': '1' });
    expect(await peer.world(FULL_NAME).repository.git.resolve(`refs/heads/${held.branch}`)).toBeDefined();
    const kept = JSON.stringify(await room.log.database.query('SELECT * FROM command_results'));
    expect(kept).not.toContain(next);
  });
});
