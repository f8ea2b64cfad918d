import type { AgentControlInput } from '@clawtank/contracts';
import type { CommandContext } from '@clawtank/commands';
import { fail } from '../../domain/failures.js';
import type { RoomAccess } from '../../domain/room.js';
import { findRoomAgent, type RoomAgent } from '../../persistence/room-agents.js';
import { enterRoom } from '../access.js';

/**
 * The room, locked, and an agent that is in it.
 * @throws what `enterRoom` throws; agent.not_in_room
 */
export async function enterForAgent(
  { tx, caller }: CommandContext,
  input: AgentControlInput,
): Promise<RoomAccess & { readonly agent: RoomAgent }> {
  const access = await enterRoom(tx, caller, input.room_id);
  const agent = await findRoomAgent(tx, access.room.id, input.agent_id);
  if (!agent) throw fail('agent.not_in_room', {});
  return { ...access, agent };
}
