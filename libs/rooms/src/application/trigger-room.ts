import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import type { Actor } from '@clawtank/contracts';
import { invariant } from '@clawtank/kernel';
import type { Room } from '../domain/room.js';
import { isRoomEdge, nextStates, type RoomMove, type RoomTrigger } from '../domain/room-states.js';
import { countPresentAgents } from '../persistence/presence.js';
import { findRoom } from '../persistence/room-rows.js';
import { saveState } from '../persistence/room-changes.js';

/**
 * Tells a room, locked by this transaction, that something happened that may move it: counts its agents and
 * open conflicts, moves it along the contract's edges and appends a `room.state_changed` per move.
 * @returns the room as it is afterwards
 * @throws room.illegal_transition for `completed` where the contract has no such edge
 */
export async function triggerRoom(
  tx: LogTx,
  room: Pick<Room, 'id'>,
  trigger: RoomTrigger,
  actor: Actor = SYSTEM_ACTOR,
): Promise<Room> {
  const before = await findRoom(tx, room.id);
  invariant(before, `room ${room.id} is triggered and missing`);
  const agents = await countPresentAgents(tx, room.id);
  const moves = nextStates({ ...before, agents }, trigger);
  if (moves.length === 0) return before;
  for (const move of moves) append(tx, room.id, move, actor);
  await saveState(tx, before, moves[moves.length - 1]?.to ?? before.state);
  const after = await findRoom(tx, room.id);
  invariant(after, `room ${room.id} vanished under its lock`);
  return after;
}

function append(tx: LogTx, roomId: string, move: RoomMove, actor: Actor): void {
  invariant(isRoomEdge(move.from, move.to), `${move.from} to ${move.to} is no edge`);
  tx.appendToRoom(roomId, { type: 'room.state_changed', actor, data: { ...move } });
}
