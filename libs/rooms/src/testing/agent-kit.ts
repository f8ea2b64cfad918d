import type { AgentStatus, RoomSnapshot } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { Bus } from '@clawtank/events';
import { RoomJobs } from '../application/room-jobs.js';
import type { Room } from '../domain/room.js';
import { aMember, aRoom } from '../testing.js';
import type { RoomsApp } from './rooms-app.js';

export interface AgentKit {
  /** A room of the host with one member more. */
  make(traits?: Parameters<typeof aRoom>[2]): Promise<Room>;
  /** An agent of the host, or of the given person. */
  anAgent(owner?: Caller): Promise<Caller>;
  register(
    agent: Caller,
    room: Room,
    input?: object,
  ): Promise<{ agent_id: string; room_state: RoomSnapshot }>;
  say(agent: Caller, room: Room, status: AgentStatus, input?: object): Promise<unknown>;
  /** Registers and says `ready`. */
  join(agent: Caller, room: Room): Promise<void>;
  stateOf(room: Room): Promise<string>;
  /** The agents were last heard of too long ago. */
  fallSilent(...agents: Caller[]): Promise<unknown>;
  sweep(): Promise<void>;
  /** What is published on a channel while `work` runs, once `enough` of it has come. */
  published(channel: string, enough: number, work: () => Promise<unknown>): Promise<unknown[]>;
}

export const onSession = (agent: Caller, sessionId: string): Caller => ({ ...agent, sessionId });

/** What tests of agents in rooms do again and again. */
export function agentKit(rooms: RoomsApp, host: Caller, member: Caller): AgentKit {
  let count = 0;
  const register: AgentKit['register'] = (agent, room, input = {}) =>
    rooms.run('agent.register', agent, {
      room_id: room.id,
      model: 'm-1',
      capabilities: ['review'],
      ...input,
    });
  const say: AgentKit['say'] = (agent, room, status, input = {}) =>
    rooms.run('agent.status', agent, { room_id: room.id, status, ...input });
  return {
    make: (traits) =>
      rooms.work.run(async (tx) => {
        const room = await aRoom(tx, host, traits);
        await aMember(tx, room, member);
        return room;
      }),
    anAgent: (owner = host) => rooms.anAgent(owner, `agent-${String((count += 1))}`),
    register,
    say,
    join: async (agent, room) => {
      await register(agent, room);
      await say(agent, room, 'ready');
    },
    stateOf: async (room) =>
      (await rooms.ask<RoomSnapshot>('rooms.get', host, { room_id: room.id })).room.state,
    fallSilent: (...agents) =>
      rooms.database.query(
        `UPDATE agent_presence SET leave_at = now() - interval '1 second' WHERE agent_id = ANY($1)`,
        [agents.map((agent) => agent.id)],
      ),
    sweep: () => rooms.get(RoomJobs).endSilentPresence(),
    published: (channel, enough, work) => published(rooms.get(Bus), channel, enough, work),
  };
}

async function published(
  bus: Bus,
  channel: string,
  enough: number,
  work: () => Promise<unknown>,
): Promise<unknown[]> {
  const heard: unknown[] = [];
  let wake = (): void => undefined;
  const unsubscribe = await bus.subscribe(channel, (text) => {
    heard.push(JSON.parse(text));
    wake();
  });
  await work();
  while (heard.length < enough) await new Promise<void>((resolve) => (wake = resolve));
  await unsubscribe();
  return heard;
}
