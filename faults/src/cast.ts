import { randomBytes } from 'node:crypto';
import { ClawTankClient, RestClient, staticToken } from '@clawtank/agent-sdk';
import type { Envelope, Frame } from '@clawtank/contracts';
import type { Ear } from './ear.js';
import type { Ledger } from './ledger.js';
import type { Random } from '@clawtank/cluster';
import { longPoll, memberSocket, type Reader, strangerSocket } from './readers.js';
import { sdkReader } from './sdk-reader.js';
import { insist, Session } from './session.js';
import type { OpenWorld } from './world.js';
import { Writer } from './writers.js';

const PASSWORD = 'correct horse battery staple';
const SOCKET_WRITERS = 4;
const REST_WRITERS = 3;

/** In private places of the storm. */
export interface Secrets {
  readonly hostMail: string;
  readonly friendMail: string;
  readonly direct: string;
  readonly detail: string;
}

const word = (): string => `planted${randomBytes(8).toString('hex')}`;

export const plantedWords = (): Secrets => ({
  hostMail: word(),
  friendMail: word(),
  direct: word(),
  detail: word(),
});

export interface Cast {
  readonly host: Session;
  readonly friend: Session;
  readonly roomId: string;
  readonly writers: readonly Writer[];
  readonly readers: readonly Reader[];
}

async function register(server: string, username: string, secret: string): Promise<Session> {
  return Session.register(server, { username, email: `${secret}@example.org`, password: PASSWORD });
}

/** An agent that says in the room what strangers may not hear. */
async function plantInAgent(server: string, host: Session, roomId: string, secret: string): Promise<void> {
  const rest = new RestClient({ server, tokens: staticToken(await host.access()) });
  const { agent } = await rest.command('agent.create', { name: 'pincer' });
  const { token } = await rest.command('agent.create_token', { agent_id: agent.id });
  const client = new ClawTankClient({ server, token: { agentToken: token } });
  await client.connect();
  await client.command('agent.register', { room_id: roomId, model: 'scripted', capabilities: ['edit'] });
  await client.command('agent.status', { room_id: roomId, status: 'ready' });
  await client.command('agent.status', { room_id: roomId, status: 'thinking', detail: secret });
  client.close();
}

/** People, a public room, an agent that has been there, and everybody who will write and read. */
export async function assemble(
  world: OpenWorld,
  ledger: Ledger,
  random: Random,
  { secrets, ear }: { readonly secrets: Secrets; readonly ear: Ear },
): Promise<Cast> {
  const direct = world.cluster.url;
  const host = await register(direct, 'mira', secrets.hostMail);
  const friend = await register(direct, 'jonas', secrets.friendMail);
  const token = await host.access();
  const { room } = await insist<{ room: { id: string } }>(`${direct}/api/v1/rooms`, {
    token,
    body: { name: 'Storm', visibility: 'public' },
  });
  const roomId = room.id;
  await insist(`${direct}/api/v1/rooms/${roomId}/members`, {
    token,
    body: { user_id: friend.userId, role: 'member' },
  });
  await plantInAgent(direct, host, roomId, secrets.detail);
  const { to: head, epoch } = await insist<Frame<Envelope>>(
    `${direct}/api/v1/rooms/${roomId}/events?after=0&limit=1000`,
    { token },
  );
  const server = world.frontUrl;
  const common = { server, roomId, ledger, secret: secrets.direct };
  const writer = (via: 'rest' | 'socket', index: number): Writer => {
    const [session, other] = index % 2 === 0 ? [host, friend] : [friend, host];
    return new Writer(via, { ...common, session, friendId: other.userId, random: random.fork() });
  };
  const writers = [
    ...Array.from({ length: SOCKET_WRITERS }, (_, index) => writer('socket', index)),
    ...Array.from({ length: REST_WRITERS }, (_, index) => writer('rest', index)),
  ];
  const from = (name: string, start: number) => ({ server, roomId, name, start });
  const readers = [
    memberSocket(from('member from the first', 0), host),
    memberSocket(from('member from the head', head), friend),
    memberSocket(from('member from between', random.int(1, head - 1)), host),
    sdkReader(from('SDK from the first', 0), friend, epoch),
    sdkReader(from('SDK from the head', head), host, epoch),
    longPoll(from('long poll', 0), friend),
    strangerSocket(from('stranger from the first', 0), ear),
    strangerSocket(from('stranger from the head', head), ear),
  ];
  return { host, friend, roomId, writers, readers };
}
