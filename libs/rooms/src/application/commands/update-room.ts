import type { EventMap, RoomHoldInput, RoomUpdateInput, RoomView } from '@clawtank/contracts';
import { actorOf, type Caller, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { Bus, type LogTx } from '@clawtank/events';
import { invariant } from '@clawtank/kernel';
import { changedSettings } from '../../domain/room-settings.js';
import type { Room, RoomAccess } from '../../domain/room.js';
import { type RoomChange, saveChange } from '../../persistence/room-changes.js';
import { findRoom } from '../../persistence/room-rows.js';
import { enterRoom } from '../access.js';
import { RoomHoldBody, RoomUpdateBody } from '../inputs/room-inputs.js';
import { roomView } from '../room-view.js';
import { noticeAfterCommit } from '../session-notices.js';

/** Renames, describes, opens or closes a room and changes its settings; only what differs is told. */
@CommandHandler('room.update', RoomUpdateBody)
export class UpdateRoom implements Command<'room.update', RoomAccess> {
  constructor(private readonly bus: Bus) {}

  authorise({ tx, caller }: CommandContext, input: RoomUpdateInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id, { standing: 'host' });
  }

  async run(
    { tx, caller }: CommandContext,
    input: RoomUpdateInput,
    { room }: RoomAccess,
  ): Promise<{ room: RoomView }> {
    const change = differences(room, input);
    // Strangers who watch are no longer to be told anything.
    if (change.visibility === 'private') {
      noticeAfterCommit(tx, this.bus, { room_id: room.id, ended: 'private' });
    }
    return { room: await apply(tx, caller, room, change) };
  }
}

/** The host's pause. It changes no state. */
@CommandHandler('room.hold', RoomHoldBody)
export class HoldRoom implements Command<'room.hold', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: RoomHoldInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id, { standing: 'host' });
  }

  async run(
    { tx, caller }: CommandContext,
    input: RoomHoldInput,
    { room }: RoomAccess,
  ): Promise<{ room: RoomView }> {
    const change = room.hold === input.hold ? {} : { hold: input.hold };
    return { room: await apply(tx, caller, room, change) };
  }
}

function differences(room: Room, input: RoomUpdateInput): RoomChange {
  const settings = changedSettings(room.settings, input.settings ?? {});
  const { name = room.name, visibility = room.visibility } = input;
  const description = input.description ?? room.description;
  return {
    ...(name === room.name ? {} : { name }),
    ...(description === room.description ? {} : { description }),
    ...(visibility === room.visibility ? {} : { visibility }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
  };
}

async function apply(tx: LogTx, caller: Caller, room: Room, change: RoomChange): Promise<RoomView> {
  if (Object.keys(change).length === 0) return roomView(tx, room);
  await saveChange(tx, room, change);
  const data: EventMap['room.settings_changed'] = change;
  tx.appendToRoom(room.id, { type: 'room.settings_changed', actor: actorOf(caller), data });
  const after = await findRoom(tx, room.id);
  invariant(after, `room ${room.id} vanished under its lock`);
  return roomView(tx, after);
}
