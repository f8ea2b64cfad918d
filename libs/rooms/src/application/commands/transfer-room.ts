import type { RoomTransferInput, RoomView } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { invariant } from '@clawtank/kernel';
import type { RoomAccess } from '../../domain/room.js';
import { findRoom } from '../../persistence/room-rows.js';
import { enterRoom } from '../access.js';
import { makeHost } from '../admit-member.js';
import { RoomTransferBody } from '../inputs/room-inputs.js';
import { roomView } from '../room-view.js';

/** Hands the room over to one of its members. */
@CommandHandler('room.transfer', RoomTransferBody)
export class TransferRoom implements Command<'room.transfer', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: RoomTransferInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id, { standing: 'host' });
  }

  async run(
    { tx, caller }: CommandContext,
    input: RoomTransferInput,
    { room }: RoomAccess,
  ): Promise<{ room: RoomView }> {
    await makeHost(tx, room, input.user_id, actorOf(caller));
    const after = await findRoom(tx, room.id);
    invariant(after, `room ${room.id} vanished under its lock`);
    return { room: await roomView(tx, after) };
  }
}
