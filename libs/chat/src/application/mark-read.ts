import { type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { ChatReadInput } from '@clawtank/contracts';
import { type RoomSight, viewRoom } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import { moveReadMark } from '../persistence/read-marks.js';
import { ReadBody } from './inputs.js';

/** Remembers up to where somebody has read. Concerns nobody else, so it takes no lock of the room. */
@CommandHandler('chat.read', ReadBody)
export class MarkRead implements Command<'chat.read', RoomSight> {
  async authorise({ tx, caller }: CommandContext, input: ChatReadInput): Promise<RoomSight> {
    const sight = await viewRoom(tx, caller, input.room_id);
    if (sight.standing === 'stranger') throw fail('chat.members_only', {});
    return sight;
  }

  async run(
    { tx, caller }: CommandContext,
    { seq }: ChatReadInput,
    { room }: RoomSight,
  ): Promise<{ room_id: string; seq: number }> {
    return { room_id: room.id, seq: await moveReadMark(tx, room.id, caller.id, seq) };
  }
}
