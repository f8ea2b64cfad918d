import type { RoomRef } from '@clawtank/contracts';
import { type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { Bus } from '@clawtank/events';
import { isId } from '@clawtank/kernel';
import { fail } from '../../domain/failures.js';
import type { RoomAccess } from '../../domain/room.js';
import { deleteRoom, wasDeletedBy } from '../../persistence/deleted-rooms.js';
import { enterRoom } from '../access.js';
import { RoomRefBody } from '../inputs/room-inputs.js';
import { ImportGate } from '../ports.js';
import { noticeAfterCommit } from '../session-notices.js';

/** Removes a room with its stream. Nothing of it stays readable; its repository is removed after that. */
@CommandHandler('room.delete', RoomRefBody)
export class DeleteRoom implements Command<'room.delete', RoomAccess | null> {
  constructor(
    private readonly bus: Bus,
    private readonly gate: ImportGate,
  ) {}

  /** Null for the host who has deleted it already: a repeat of the command gets its first answer. */
  async authorise({ tx, caller }: CommandContext, input: RoomRef): Promise<RoomAccess | null> {
    if (isId(input.room_id) && (await wasDeletedBy(tx, input.room_id, caller.id))) return null;
    return enterRoom(tx, caller, input.room_id, { standing: 'host' });
  }

  async run(
    { tx, caller }: CommandContext,
    _input: RoomRef,
    access: RoomAccess | null,
  ): Promise<{ room_id: string }> {
    if (!access) throw fail('room.not_found', {});
    await this.gate.letGo(tx, access.room.id);
    await deleteRoom(tx, access.room, caller.id);
    noticeAfterCommit(tx, this.bus, { room_id: access.room.id, ended: 'deleted' });
    return { room_id: access.room.id };
  }
}
