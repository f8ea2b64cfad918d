import type { RoomSettings, RoomState, Visibility } from '@clawtank/contracts';
import { roomStream } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import type { LogTx } from '@clawtank/events';
import { invariant, newId, randomSuffix } from '@clawtank/kernel';
import type { Room } from './domain/room.js';
import { slugFrom } from './domain/slug.js';
import { insertMember } from './persistence/members.js';
import { insertRoom } from './persistence/new-room.js';
import { findRoom } from './persistence/room-rows.js';

interface RoomTraits {
  readonly name?: string;
  readonly state?: RoomState;
  readonly visibility?: Visibility;
  readonly settings?: Partial<RoomSettings>;
}

/** A room in the database, with its stream, locked by this transaction; made without any event. */
export async function aRoom(tx: LogTx, host: Caller, traits: RoomTraits = {}): Promise<Room> {
  const id = newId();
  const { name = 'Tank', state = 'waiting_for_members', visibility = 'private', settings = {} } = traits;
  const slug = slugFrom(name, randomSuffix(6));
  await tx.openStream(roomStream(id));
  await tx.lockRoom(id);
  const room = {
    id,
    slug,
    name,
    description: '',
    visibility,
    state,
    settings,
    repositoryHost: 'local' as const,
  };
  await insertRoom(tx, room, host.userId);
  const made = await findRoom(tx, id);
  invariant(made, 'a room just made is found');
  return made;
}

/** Makes a person a member, or a spectator, of the room. */
export async function aMember(
  tx: LogTx,
  room: Room,
  person: Caller,
  role: 'member' | 'spectator' = 'member',
): Promise<void> {
  await insertMember(tx, room.id, person.userId, role);
}

interface AgentTraits {
  readonly capabilities?: readonly string[];
  readonly languages?: readonly string[];
  readonly maxConcurrentTasks?: number;
  readonly paused?: boolean;
  readonly sessionId?: string;
}

/** Makes an agent present in the room, as if it had registered and said that it is ready. Moves nothing. */
export async function aPresentAgent(
  tx: LogTx,
  room: Room,
  agent: Caller,
  traits: AgentTraits = {},
): Promise<void> {
  await tx.execute(
    `INSERT INTO agent_presence (agent_id, last_seen_at, leave_at)
     VALUES ($1, now(), now() + interval '150 seconds') ON CONFLICT DO NOTHING`,
    [agent.id],
  );
  await tx.execute(
    `INSERT INTO room_agents (room_id, agent_id, session_id, model, capabilities, languages,
       max_concurrent_tasks, paused, joined_at)
     VALUES ($1, $2, $3, 'scripted', $4, $5, $6, $7, clock_timestamp())`,
    [
      room.id,
      agent.id,
      traits.sessionId ?? null,
      traits.capabilities ?? [],
      traits.languages ?? [],
      traits.maxConcurrentTasks ?? 1,
      traits.paused ?? false,
    ],
  );
}
