import { setTimeout as delay } from 'node:timers/promises';
import {
  agentTokens,
  ClawTankClient,
  refreshTokens,
  RestClient,
  staticToken,
  type TokenProvider,
} from '@clawtank/agent-sdk';
import type { RoomSnapshot, SessionReply } from '@clawtank/contracts';
import { Board } from './board.js';
import type { Clock } from './clock.js';
import { pushFirst, type Workshop } from './git.js';
import type { Guards } from './guards.js';
import type { Ledger } from './ledger.js';
import { blankFile } from './marked-file.js';
import type { PlannedAgent, PlannedRoom, PlannedTask } from './plan.js';

const PASSWORD = 'a long password of the simulation';
const SET_UP_LIMIT_MS = 60_000;

export interface Person {
  readonly id: string;
  readonly client: ClawTankClient;
  readonly tokens: TokenProvider;
}

export interface Seat {
  readonly plan: PlannedAgent;
  readonly id: string;
  readonly handle: string;
  /** Its access tokens, whichever connection it has. */
  readonly tokens: TokenProvider;
}

/** One room with everybody in it. */
export interface Stage {
  readonly id: string;
  readonly plan: PlannedRoom;
  readonly host: Person;
  readonly owner: Person;
  readonly seats: readonly Seat[];
  readonly board: Board;
  readonly shop: Workshop;
  readonly guards: Guards;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** Planned tasks by the id that they got. */
  readonly tasks: Map<string, PlannedTask>;
}

export type Setting = Pick<Stage, 'shop' | 'guards' | 'clock' | 'ledger'>;

async function register(server: string, username: string): Promise<Person> {
  const rest = new RestClient({ server, tokens: staticToken('') });
  const account = { username, email: `${username}@example.test`, password: PASSWORD, client: 'cli' as const };
  const session = await rest.post<SessionReply>('/auth/register', account);
  const { access_token, expires_in, refresh_token = '' } = session;
  const tokens = refreshTokens({
    server,
    refreshToken: refresh_token,
    first: { access_token, expires_in },
  });
  return { id: session.user.id, client: new ClawTankClient({ server, token: tokens }), tokens };
}

/** Makes a room with a filled repository, its people and its agents, all through the public doors. */
export async function openStage(setting: Setting, plan: PlannedRoom, name: string): Promise<Stage> {
  const { server } = setting.shop;
  const host = await register(server, `host-${name}`);
  const owner = await register(server, `owner-${name}`);
  const { room, git_credential: credential } = await host.client.command('room.create', {
    name: `Simulation ${name}`,
    visibility: 'private',
    repository: { host: 'local', source: 'push' },
    settings: setting.guards.settings,
  });
  if (!credential) throw new Error('no credential to fill the repository with');
  await pushFirst(
    setting.shop,
    credential,
    Object.fromEntries(plan.files.map((path) => [path, blankFile()])),
  );
  await untilSetUp(host, room.id);
  await host.client.command('member.add', { room_id: room.id, user_id: owner.id, role: 'member' });
  const board = await Board.join(host.client, room.id);
  const seats: Seat[] = [];
  for (const agent of plan.agents) seats.push(await seatFor(server, owner, agent));
  return { ...setting, id: room.id, plan, host, owner, seats, board, tasks: new Map() };
}

async function seatFor(server: string, owner: Person, plan: PlannedAgent): Promise<Seat> {
  const { agent } = await owner.client.command('agent.create', { name: plan.name });
  const { token } = await owner.client.command('agent.create_token', { agent_id: agent.id });
  return { plan, id: agent.id, handle: agent.handle, tokens: agentTokens({ server, agentToken: token }) };
}

async function untilSetUp(host: Person, roomId: string): Promise<void> {
  const limit = Date.now() + SET_UP_LIMIT_MS;
  while (Date.now() < limit) {
    const snapshot = (await host.client.rest.query('rooms.get', { room_id: roomId })) as RoomSnapshot;
    if (snapshot.room.repository.head_sha !== null && snapshot.room.state !== 'initializing') return;
    await delay(100);
  }
  throw new Error('the repository was not set up in time');
}

export async function closeStage(stage: Stage): Promise<void> {
  await stage.board.close();
  for (const { client } of [stage.host, stage.owner]) client.close();
}
